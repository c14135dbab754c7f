using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Api;

/// <summary>What moves, per second.</summary>
internal sealed record IoStatus(
    double ReadBytesSec, double WriteBytesSec, double ReadOpPerSec, double WriteOpPerSec, double RecoveringBytesPerSec, double RecoveringObjectsPerSec, double RecoveringKeysPerSec)
{
    public static IoStatus Of(IoRates io) =>
        new(io.ReadBytes, io.WriteBytes, io.ReadOps, io.WriteOps, io.RecoveryBytes, io.RecoveryObjects, io.RecoveryKeys);
}
