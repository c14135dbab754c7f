using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Erasure-code profiles.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class ErasureProfileRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>Makes a profile. One that is there is only replaced with <paramref name="force"/>, which harms pools that use it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values"><c>k</c>, <c>m</c>, <c>plugin</c>, <c>crush-failure-domain</c> and the like.</param>
    /// <param name="force">Replace one that is there.</param>
    public RequestPlan Set(string name, IReadOnlyDictionary<string, string> values, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        NeedName("name", name);
        if (Map.ErasureCodeProfiles.ContainsKey(name) && !force)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "name", $"there is a profile '{name}' already");
        }

        foreach ((string key, string value) in values)
        {
            if (key.Length == 0 || (key + value).Any(c => char.IsControl(c) || c is '=' || char.IsWhiteSpace(c)))
            {
                throw new RequestRefusedException(RefusalReason.Invalid, key, "neither spaces nor '='");
            }
        }

        CephCommand command = new CephCommand("osd erasure-code-profile set").With("name", name).With("profile", values.Select(v => $"{v.Key}={v.Value}"));
        command = force ? command.With("force", true) : command;
        return new RequestPlan
        {
            Kind = RequestKind.OsdMapModifying,
            Headline = $"Creating erasure-code profile '{name}'",
            Steps = [OsdStep(command, new ProfileExists(name, true))],
            Touches = [$"erasure-code profile '{name}'"],
        };
    }

    /// <summary>Removes a profile that no pool uses.</summary>
    /// <param name="name">Its name.</param>
    public RequestPlan Remove(string name)
    {
        if (name is null || !Map.ErasureCodeProfiles.ContainsKey(name))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no profile '{name}'");
        }

        if (Map.Pools.FirstOrDefault(p => p.Value.ErasureCodeProfile == name) is { Value: not null } user)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"pool '{Map.PoolNames.GetValueOrDefault(user.Key)}' uses profile '{name}'");
        }

        return new RequestPlan
        {
            Kind = RequestKind.OsdMapModifying,
            Headline = $"Removing erasure-code profile '{name}'",
            Steps = [OsdStep(new CephCommand("osd erasure-code-profile rm").With("name", name), new ProfileExists(name, false))],
            Touches = [$"erasure-code profile '{name}'"],
        };
    }
}
