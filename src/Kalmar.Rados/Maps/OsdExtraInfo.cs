using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>More about one OSD: Ceph's osd_xinfo_t, VER(4,1).</summary>
public sealed record OsdExtraInfo : IWireEncodable<OsdExtraInfo>
{
    private const byte Newest = 4;

    /// <summary>Nothing known.</summary>
    public static OsdExtraInfo None { get; } = new();

    /// <summary>The version in which it is written; what was read keeps its own, since checksums depend on it.</summary>
    public byte EncodingVersion { get; init; } = Newest;

    /// <summary>When it was last marked down; zero when never.</summary>
    public Utime DownStamp { get; init; }

    /// <summary>How likely it is that it was only slow when it was marked down; 0xffffffff is certain.</summary>
    public uint LaggyProbability { get; init; }

    /// <summary>For how long it was slow, in seconds, on average.</summary>
    public uint LaggyInterval { get; init; }

    /// <summary>The protocol features that it announced.</summary>
    public ulong Features { get; init; }

    /// <summary>The weight that it had before it was marked out by itself, 0x10000 is 1.0; 0 when not so.</summary>
    public uint OldWeight { get; init; }

    /// <summary>When it last looked for remains of purged snapshots.</summary>
    public Utime LastPurgedSnapsScrub { get; init; }

    /// <summary>The epoch since which it is known to be dead.</summary>
    public Epoch DeadEpoch { get; init; }

    /// <inheritdoc/>
    public static OsdExtraInfo Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("osd_xinfo_t", Newest, out byte version);
        return new OsdExtraInfo
        {
            EncodingVersion = Math.Min(version, Newest),
            DownStamp = Utime.Read(ref body),
            LaggyProbability = body.ReadU32(),
            LaggyInterval = body.ReadU32(),
            Features = version >= 2 ? body.ReadU64() : 0,
            OldWeight = version >= 3 ? body.ReadU32() : 0,
            LastPurgedSnapsScrub = version >= 4 ? Utime.Read(ref body) : default,
            DeadEpoch = version >= 4 ? new Epoch(body.ReadU32()) : default,
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 1);
        DownStamp.Write(writer);
        writer.WriteU32(LaggyProbability);
        writer.WriteU32(LaggyInterval);
        if (EncodingVersion >= 2)
        {
            writer.WriteU64(Features);
        }

        if (EncodingVersion >= 3)
        {
            writer.WriteU32(OldWeight);
        }

        if (EncodingVersion >= 4)
        {
            LastPurgedSnapsScrub.Write(writer);
            writer.WriteU32(DeadEpoch.Value);
        }

        writer.EndStruct(mark);
    }
}
