using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The last merge of two PGs of a pool: Ceph's pg_merge_meta_t, VER(1,1).</summary>
/// <param name="Source">The PG that went away.</param>
/// <param name="ReadyEpoch">When both were ready.</param>
/// <param name="LastEpochStarted">The source's last_epoch_started.</param>
/// <param name="LastEpochClean">The source's last_epoch_clean.</param>
/// <param name="SourceVersion">The source's last version.</param>
/// <param name="TargetVersion">The target's version then.</param>
public sealed record PgMergeInfo(
    PgId Source, Epoch ReadyEpoch, Epoch LastEpochStarted, Epoch LastEpochClean, EVersion SourceVersion, EVersion TargetVersion)
    : IWireEncodable<PgMergeInfo>
{
    /// <summary>No merge so far.</summary>
    public static PgMergeInfo None { get; } = new(default, default, default, default, default, default);

    /// <inheritdoc/>
    public static PgMergeInfo Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("pg_merge_meta_t", 1, out _);
        return new PgMergeInfo(
            PgId.Read(ref body),
            new Epoch(body.ReadU32()),
            new Epoch(body.ReadU32()),
            new Epoch(body.ReadU32()),
            EVersion.Read(ref body),
            EVersion.Read(ref body));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        Source.Write(writer);
        writer.WriteU32(ReadyEpoch.Value);
        writer.WriteU32(LastEpochStarted.Value);
        writer.WriteU32(LastEpochClean.Value);
        SourceVersion.Write(writer);
        TargetVersion.Write(writer);
        writer.EndStruct(mark);
    }
}
