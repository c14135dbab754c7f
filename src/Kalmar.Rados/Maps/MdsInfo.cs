using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A metadata server: Ceph's mds_info_t, VER(9,4) in 16.2.0, 10 from 16.2.5 on.</summary>
public sealed record MdsInfo : IWireEncodable<MdsInfo>
{
    private const byte Newest = 10;
    private const byte Oldest = 8;

    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = Newest;

    /// <summary>Its global id.</summary>
    public ulong GlobalId { get; init; }

    /// <summary>Its name: what follows <c>mds.</c></summary>
    public string Name { get; init; } = "";

    /// <summary>The part of the file system that it serves or follows; -1 for none.</summary>
    public int Rank { get; init; } = -1;

    /// <summary>How often its rank was taken up.</summary>
    public int Incarnation { get; init; }

    /// <summary>What it does.</summary>
    public MdsState State { get; init; } = MdsState.Standby;

    /// <summary>The number of the message by which it told its state.</summary>
    public ulong StateSequence { get; init; }

    /// <summary>Where it listens.</summary>
    public EntityAddressVector Addresses { get; init; } = EntityAddressVector.Empty;

    /// <summary>Since when it is silent; zero when it is not.</summary>
    public Utime LaggySince { get; init; }

    /// <summary>Ranks that it hands directories over to.</summary>
    public ValueList<int> ExportTargets { get; init; } = [];

    /// <summary>The protocol features that it announced.</summary>
    public ulong Features { get; init; }

    /// <summary>The file system that it would rather serve; -1 for any.</summary>
    public int JoinFileSystem { get; init; } = -1;

    /// <summary>Flags (version 9): 1 is "frozen".</summary>
    public ulong Flags { get; init; }

    /// <summary>The on-disk features that it knows (version 10).</summary>
    public MdsCompatibility Compatibility { get; init; } = MdsCompatibility.Empty;

    /// <summary>Whether its state is one of those that Ceph calls "up:".</summary>
    public bool IsUp => State is not (MdsState.None or MdsState.Stopped or MdsState.Nonexistent or MdsState.Damaged);

    /// <summary>Whether the monitors miss its beacons.</summary>
    public bool IsLaggy => !LaggySince.IsZero;

    /// <inheritdoc/>
    public static MdsInfo Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("mds_info_t", Newest, out byte version);
        if (version < Oldest)
        {
            throw body.Error($"mds_info_t version {version} is older than Nautilus's");
        }

        var info = new MdsInfo
        {
            EncodingVersion = Math.Min(version, Newest),
            GlobalId = body.ReadU64(),
            Name = body.ReadString(),
            Rank = body.ReadI32(),
            Incarnation = body.ReadI32(),
            State = (MdsState)body.ReadI32(),
            StateSequence = body.ReadU64(),
            Addresses = EntityAddressVector.Read(ref body),
            LaggySince = Utime.Read(ref body),
        };

        // The rank and the name that a standby once was bound to.
        _ = body.ReadI32();
        _ = body.ReadString();
        info = info with { ExportTargets = body.ReadI32List(), Features = body.ReadU64(), JoinFileSystem = body.ReadI32() };

        // Whether a standby once was to follow a journal.
        _ = body.ReadBool();
        return info with
        {
            Flags = version >= 9 ? body.ReadU64() : 0,
            Compatibility = version >= 10 ? MdsCompatibility.Read(ref body) : MdsCompatibility.Empty,
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 4);
        writer.WriteU64(GlobalId);
        writer.WriteString(Name);
        writer.WriteI32(Rank);
        writer.WriteI32(Incarnation);
        writer.WriteI32((int)State);
        writer.WriteU64(StateSequence);
        Addresses.Write(writer);
        LaggySince.Write(writer);
        writer.WriteI32(-1);
        writer.WriteString("");
        writer.WriteI32List(ExportTargets);
        writer.WriteU64(Features);
        writer.WriteI32(JoinFileSystem);
        writer.WriteBool(false);
        if (EncodingVersion >= 9)
        {
            writer.WriteU64(Flags);
        }

        if (EncodingVersion >= 10)
        {
            Compatibility.Write(writer);
        }

        writer.EndStruct(mark);
    }
}
