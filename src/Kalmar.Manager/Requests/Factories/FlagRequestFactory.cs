using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Maps;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Flags of the whole cluster.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class FlagRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>The flags that can be set and cleared; the first nine are Calamari's.</summary>
    public static IReadOnlyList<string> Flags { get; } =
    [
        "pause", "noup", "nodown", "noout", "noin", "nobackfill", "norecover", "noscrub", "nodeep-scrub", "norebalance", "notieragent", "nosnaptrim",
    ];

    /// <summary>Sets and clears flags. What is as asked for already is left out.</summary>
    /// <param name="flags">Names of <see cref="Flags"/>, and what each shall be.</param>
    public RequestPlan Update(IReadOnlyDictionary<string, bool> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        foreach (string name in flags.Keys)
        {
            if (!Flags.Contains(name))
            {
                throw new RequestRefusedException(RefusalReason.Forbidden, name, $"'{name}' is not one of {string.Join(", ", Flags)}");
            }
        }

        KeyValuePair<string, bool>[] changes =
            [.. flags.Where(f => OsdMapFlagNames.Parse(f.Key) is { } flag && ((Map.Flags & flag) == flag) != f.Value)];
        return new RequestPlan
        {
            Kind = RequestKind.OsdMapModifying,
            Headline = $"Modifying {ClusterName} OSD config ({string.Join(", ", changes.Select(c => $"{c.Key}={(c.Value ? "on" : "off")}"))})",
            Steps =
            [
                .. changes.Select(c => OsdStep(new CephCommand(c.Value ? "osd set" : "osd unset").With("key", c.Key), new FlagValue(c.Key, c.Value))),
            ],
            Touches = [.. changes.Select(c => $"flag {c.Key} -> {(c.Value ? "set" : "cleared")}")],
        };
    }

    /// <summary>Sets the parts of an OSD's room at which it counts as nearly full, too full for backfill, and full.</summary>
    /// <param name="nearFull">0 to 1; null leaves it.</param>
    /// <param name="backfillFull">0 to 1; null leaves it.</param>
    /// <param name="full">0 to 1; null leaves it.</param>
    public RequestPlan SetFullRatios(double? nearFull, double? backfillFull, double? full)
    {
        List<RequestStep> steps = [];
        List<string> touches = [];
        Add("nearfull_ratio", "osd set-nearfull-ratio", nearFull, Map.NearFullRatio);
        Add("backfillfull_ratio", "osd set-backfillfull-ratio", backfillFull, Map.BackfillFullRatio);
        Add("full_ratio", "osd set-full-ratio", full, Map.FullRatio);
        return new RequestPlan { Kind = RequestKind.OsdMapModifying, Headline = $"Setting full ratios of {ClusterName}", Steps = steps, Touches = touches };

        void Add(string field, string prefix, double? ratio, float have)
        {
            if (ratio is not { } value)
            {
                return;
            }

            if (!double.IsFinite(value) || value is <= 0 or > 1)
            {
                throw new RequestRefusedException(RefusalReason.Invalid, field, "above 0, and at most 1");
            }

            if (Math.Abs(value - have) > 1e-6)
            {
                steps.Add(OsdStep(new CephCommand(prefix).With("ratio", value)));
                touches.Add($"{field} {have} -> {value}");
            }
        }
    }
}
