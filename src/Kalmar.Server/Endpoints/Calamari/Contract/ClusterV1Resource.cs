namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A cluster in v1.</summary>
internal sealed record ClusterV1Resource(DateTimeOffset ClusterUpdateTime, long ClusterUpdateTimeUnix, string Id, string Name);
