namespace Kalmar.Collectors.Daemons;

/// <summary>One counter, as a daemon's <c>perf schema</c> describes it.</summary>
/// <param name="Section">The group that it is in: <c>osd</c>, <c>bluestore</c>.</param>
/// <param name="Name">Its name in the group: <c>op_w_latency</c>.</param>
/// <param name="Type">What kind of counter it is.</param>
/// <param name="Priority">How much Ceph thinks it matters, 0 to 10.</param>
/// <param name="Nick">Ceph's short name for it, or empty.</param>
/// <param name="Units"><c>bytes</c> or <c>none</c>.</param>
/// <param name="Description">What it counts, in Ceph's words.</param>
public sealed record PerfCounterDefinition(
    string Section,
    string Name,
    PerfCounterType Type,
    int Priority,
    string Nick,
    string Units,
    string Description);
