using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Changes of the CRUSH map: the whole map, nodes, rules, tunables.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed partial class CrushRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    private const int MaxBytes = 64 << 20;

    /// <summary>Replaces the whole map. Ceph refuses it when the map was changed meanwhile.</summary>
    /// <param name="map">The new map.</param>
    /// <param name="headline">What it does, for a human; null for the usual words.</param>
    public RequestPlan SetMap(CrushMap map, string? headline = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        OsdMap now = Map;
        if (map == now.Crush)
        {
            return Plan(headline ?? Replacing, [], []);
        }

        var writer = new WireWriter();
        map.Write(writer);
        byte[] bytes = writer.WrittenMemory.ToArray();
        if (bytes.Length > MaxBytes)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "", $"the map has {bytes.Length} bytes, more than {MaxBytes}");
        }

        // prior_version makes it safe to send again: a map that was set meanwhile has a version above it.
        CephCommand command = new CephCommand("osd setcrushmap").With("prior_version", now.CrushVersion);
        return Plan(
            headline ?? Replacing,
            [OsdStep(command, new CrushVersionAbove(now.CrushVersion)) with { Input = bytes }],
            [.. Differences(now.Crush, map)]);
    }

    /// <summary>Chooses a set of tunables.</summary>
    /// <param name="profile"><c>legacy</c> … <c>jewel</c>, <c>optimal</c> or <c>default</c>.</param>
    public RequestPlan SetTunables(string profile)
    {
        NeedOneOf("profile", profile, "legacy", "argonaut", "bobtail", "firefly", "hammer", "jewel", "optimal", "default");
        return Plan($"Setting CRUSH tunables of {ClusterName} to {profile}", [OsdStep(new CephCommand("osd crush tunables").With("profile", profile))], ["tunables"]);
    }

    /// <summary>Renames a device class.</summary>
    /// <param name="from">Its name.</param>
    /// <param name="to">Its new name.</param>
    public RequestPlan RenameClass(string from, string to)
    {
        NeedName("class", to);
        if (!Map.Crush.ClassNames.Values.Contains(from))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no device class '{from}'");
        }

        return Plan(
            $"Renaming device class '{from}' to '{to}'",
            [OsdStep(new CephCommand("osd crush class rename").With("srcname", from).With("dstname", to))],
            [$"device class '{from}'"]);
    }

    private string Replacing => $"Updating the CRUSH map of {ClusterName}";

    private static RequestPlan Plan(string headline, IReadOnlyList<RequestStep> steps, IReadOnlyList<string> touches) =>
        new() { Kind = RequestKind.Crush, Headline = headline, Steps = steps, Touches = touches };

    private static IEnumerable<string> Differences(CrushMap before, CrushMap after)
    {
        HashSet<int> ids = [.. before.ItemNames.Keys, .. after.ItemNames.Keys];
        foreach (int id in ids.Where(i => !(before.NameOf(i) + after.NameOf(i)).Contains('~', StringComparison.Ordinal)).Order())
        {
            bool was = before.ItemNames.ContainsKey(id);
            bool stays = after.ItemNames.ContainsKey(id);
            if (was != stays)
            {
                yield return $"{(stays ? "new" : "removed")} item '{(stays ? after : before).NameOf(id)}' ({id})";
            }
            else if (before.NameOf(id) != after.NameOf(id))
            {
                yield return $"item {id}: '{before.NameOf(id)}' -> '{after.NameOf(id)}'";
            }
            else if (id < 0 && before.BucketOf(id) != after.BucketOf(id))
            {
                yield return $"bucket '{after.NameOf(id)}'";
            }
        }

        foreach (int rule in before.RuleNames.Keys.Union(after.RuleNames.Keys).Order())
        {
            if (before.RuleOf(rule) != after.RuleOf(rule) || before.RuleNames.GetValueOrDefault(rule) != after.RuleNames.GetValueOrDefault(rule))
            {
                yield return $"rule {rule} '{after.RuleNames.GetValueOrDefault(rule) ?? before.RuleNames.GetValueOrDefault(rule)}'";
            }
        }

        if (before.Tunables != after.Tunables)
        {
            yield return "tunables";
        }
    }

    private static string Text(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
}
