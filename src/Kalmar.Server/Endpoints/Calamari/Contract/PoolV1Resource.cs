namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A pool in v1.</summary>
internal sealed record PoolV1Resource(
    long Id, string Cluster, long PoolId, string Name, ulong QuotaMaxBytes, ulong QuotaMaxObjects, long UsedObjects, long UsedBytes);
