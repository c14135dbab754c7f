using Kalmar.Manager.Clusters;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Cephx users.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class AuthRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>
    /// Makes a user. Its key is Ceph's to make; it is given out once, by <see cref="IRequestService.TakeOutput"/>, and never stored.
    /// </summary>
    /// <param name="entity"><c>client.NAME</c>.</param>
    /// <param name="caps">What it may do, by service: <c>mon</c> → <c>allow r</c>.</param>
    public RequestPlan Create(string entity, IReadOnlyDictionary<string, string> caps) =>
        Plan($"Creating user {NeedEntity(entity)}", entity, PlainStep("mon", new CephCommand("auth get-or-create").With("entity", entity).With("caps", Words(caps)))) with
        {
            KeepsOutput = true,
        };

    /// <summary>Replaces what a user may do.</summary>
    /// <param name="entity"><c>client.NAME</c>.</param>
    /// <param name="caps">All that it shall be allowed, by service.</param>
    public RequestPlan SetCaps(string entity, IReadOnlyDictionary<string, string> caps) =>
        Plan($"Setting capabilities of {NeedEntity(entity)}", entity, PlainStep("mon", new CephCommand("auth caps").With("entity", entity).With("caps", Words(caps))));

    /// <summary>Removes a user.</summary>
    /// <param name="entity"><c>client.NAME</c>.</param>
    public RequestPlan Delete(string entity) =>
        Plan($"Removing user {NeedEntity(entity)}", entity, PlainStep("mon", new CephCommand("auth rm").With("entity", entity)));

    private static RequestPlan Plan(string headline, string entity, RequestStep step) => new()
    {
        Kind = RequestKind.Auth,
        Headline = headline,
        Steps = [step],
        Touches = [entity],
    };

    private static string NeedEntity(string entity)
    {
        NeedName("entity", entity);
        int dot = entity.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && entity[..dot] is "client" or "mon" or "mgr" or "osd" or "mds" && dot < entity.Length - 1
            && entity.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@' or '/' or ':')
            ? entity
            : throw new RequestRefusedException(RefusalReason.Invalid, "entity", $"'{entity}' is not TYPE.NAME, for example client.backup");
    }

    private static IReadOnlyList<string> Words(IReadOnlyDictionary<string, string> caps)
    {
        ArgumentNullException.ThrowIfNull(caps);
        List<string> words = [];
        foreach ((string service, string cap) in caps.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            NeedOneOf("caps", service, "mon", "mgr", "osd", "mds");
            if (cap.Any(char.IsControl) || cap.Length > 65536)
            {
                throw new RequestRefusedException(RefusalReason.Invalid, "caps", $"the capabilities for '{service}' have no control characters");
            }

            words.Add(service);
            words.Add(cap);
        }

        return words;
    }
}
