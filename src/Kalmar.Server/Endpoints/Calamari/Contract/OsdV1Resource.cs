namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>An OSD in v1: up and in are numbers here.</summary>
internal sealed record OsdV1Resource(
    string Uuid,
    int Up,
    int In,
    long UpFrom,
    string PublicAddr,
    string ClusterAddr,
    string HeartbeatBackAddr,
    string HeartbeatFrontAddr,
    int Id,
    int Osd,
    IReadOnlyDictionary<string, long> PgStates,
    IReadOnlyList<string> Pools,
    string? Fqdn,
    string? Host);
