namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>An OSD in v2.</summary>
/// <param name="Uuid">Of its data.</param>
/// <param name="Up">It runs and is heard of.</param>
/// <param name="In">It takes data.</param>
/// <param name="Id">Its number.</param>
/// <param name="Reweight">0 to 1; not the CRUSH weight.</param>
/// <param name="Server">Its host; null when not known.</param>
/// <param name="Pools">Pools whose CRUSH rule can choose it.</param>
/// <param name="ValidCommands">What can be asked of it; empty while it is down.</param>
/// <param name="PublicAddr">Where clients reach it.</param>
/// <param name="ClusterAddr">Where OSDs reach it.</param>
/// <param name="CrushNodeAncestry">For each place in CRUSH the buckets above it, from the nearest to the root.</param>
/// <param name="BackendPartitionPath">The device or partition of its data, by its own word; null when it did not tell.</param>
/// <param name="BackendDeviceNode">The disk below; null when it did not tell.</param>
/// <param name="OsdData">Its folder, by its own word.</param>
/// <param name="OsdJournal">Its journal, by its own word; BlueStore has none.</param>
internal sealed record OsdResource(
    string Uuid,
    bool Up,
    bool In,
    int Id,
    double Reweight,
    string? Server,
    IReadOnlyList<long> Pools,
    IReadOnlyList<string> ValidCommands,
    string PublicAddr,
    string ClusterAddr,
    IReadOnlyList<IReadOnlyList<int>> CrushNodeAncestry,
    string? BackendPartitionPath,
    string? BackendDeviceNode,
    string? OsdData,
    string? OsdJournal);
