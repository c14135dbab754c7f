namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary><c>C/health_counters</c> of v1.</summary>
internal sealed record HealthCountersAnswer(
    DateTimeOffset ClusterUpdateTime, long ClusterUpdateTimeUnix, CounterLevels Pg, MdsCounters Mds, CounterLevels Mon, CounterLevels Osd);
