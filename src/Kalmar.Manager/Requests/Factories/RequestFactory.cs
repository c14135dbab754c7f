using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>
/// Checks a change against the newest snapshot of a cluster and says no early, or makes the plan of it. A factory is made for one snapshot and
/// used at once. What it refuses is a <see cref="RequestRefusedException"/>.
/// </summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public abstract class RequestFactory(ClusterSnapshot snapshot)
{
    /// <summary>The longest name that is taken.</summary>
    protected const int MaxNameLength = 1024;

    /// <summary>The snapshot that changes are checked against.</summary>
    protected ClusterSnapshot Snapshot { get; } = snapshot ?? throw new ArgumentNullException(nameof(snapshot));

    /// <summary>The OSD map.</summary>
    /// <exception cref="RequestRefusedException">It is not known yet.</exception>
    protected OsdMap Map => Snapshot.OsdMap?.Value
        ?? throw new RequestRefusedException(RefusalReason.Unavailable, "", $"the OSD map of cluster '{Snapshot.Name}' is not known yet; try again in a moment");

    /// <summary>The name of the cluster as it stands in headlines.</summary>
    protected string ClusterName => Snapshot.Name;

    /// <summary>A step that changes the OSD map by a command of the monitors.</summary>
    /// <param name="command">The command.</param>
    /// <param name="done">How the map shows it.</param>
    /// <param name="repeatable">Whether sending it twice does the same as sending it once.</param>
    protected static RequestStep OsdStep(CephCommand command, MapCondition? done = null, bool repeatable = true)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new RequestStep { Command = command.ToJson(), Follows = FollowedMap.OsdMap, Done = done, IsRepeatable = repeatable };
    }

    /// <summary>A step by a command that no map that we follow shows.</summary>
    /// <param name="target">Who is told.</param>
    /// <param name="command">The command.</param>
    /// <param name="repeatable">Whether sending it twice does the same as sending it once.</param>
    protected static RequestStep PlainStep(string target, CephCommand command, bool repeatable = true)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new RequestStep { Target = target, Command = command.ToJson(), IsRepeatable = repeatable };
    }

    /// <summary>A pool and its name by number.</summary>
    /// <param name="id">The number.</param>
    /// <exception cref="RequestRefusedException">There is none.</exception>
    protected (Pool Pool, string Name) NeedPool(PoolId id) => Map.Pools.TryGetValue(id, out Pool? pool)
        ? (pool, Map.PoolNames.GetValueOrDefault(id) ?? id.ToString())
        : throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no pool {id} in cluster '{ClusterName}'");

    /// <summary>An OSD by number.</summary>
    /// <param name="id">The number.</param>
    /// <exception cref="RequestRefusedException">There is none.</exception>
    protected OsdEntry NeedOsd(OsdId id) => Map.Find(id)
        ?? throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no {id} in cluster '{ClusterName}'");

    /// <summary>Refuses a name that is empty, too long, or has control characters.</summary>
    /// <param name="field">The API's name of the field.</param>
    /// <param name="name">The name.</param>
    protected static string NeedName(string field, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new RequestRefusedException(RefusalReason.Invalid, field, "a name is needed");
        }

        if (name.Length > MaxNameLength)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, field, $"a name has at most {MaxNameLength} characters, this one has {name.Length}");
        }

        if (name.Any(char.IsControl) || name.Any(char.IsSurrogate) && !name.IsNormalized())
        {
            throw new RequestRefusedException(RefusalReason.Invalid, field, "a name has no control characters");
        }

        return name;
    }

    /// <summary>Refuses what is not one of a few words.</summary>
    /// <param name="field">The API's name of the field.</param>
    /// <param name="value">The value.</param>
    /// <param name="allowed">The words.</param>
    protected static string NeedOneOf(string field, string? value, params IReadOnlyList<string> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        return value is not null && allowed.Contains(value)
            ? value
            : throw new RequestRefusedException(RefusalReason.Invalid, field, $"'{value}' is not one of {string.Join(", ", allowed)}");
    }
}
