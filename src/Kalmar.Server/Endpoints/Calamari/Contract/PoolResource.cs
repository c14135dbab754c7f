namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A pool in v2; with <c>?defaults</c> what a new one would get, and name and id are null.</summary>
internal sealed record PoolResource(
    string? Name,
    long? Id,
    int Size,
    long PgNum,
    int CrushRuleset,
    int MinSize,
    long CrashReplayInterval,
    long PgpNum,
    bool Hashpspool,
    bool Full,
    ulong QuotaMaxObjects,
    ulong QuotaMaxBytes,
    string Type,
    string? ErasureCodeProfile);
