using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A daemon that announced itself to the manager: Ceph's ServiceMap::Daemon, VER(2,1).</summary>
public sealed record ServiceDaemon : IWireEncodable<ServiceDaemon>
{
    private const byte Newest = 2;

    /// <summary>The version in which it is written; what was read keeps its own.</summary>
    public byte EncodingVersion { get; init; } = Newest;

    /// <summary>Its global id.</summary>
    public ulong Gid { get; init; }

    /// <summary>Its address.</summary>
    public EntityAddress Address { get; init; } = EntityAddress.Blank;

    /// <summary>The map's epoch in which it came.</summary>
    public Epoch StartEpoch { get; init; }

    /// <summary>When it came.</summary>
    public Utime StartStamp { get; init; }

    /// <summary>What it told about itself: host, release, processor.</summary>
    public ValueMap<string, string> Metadata { get; init; } = ValueMap<string, string>.Empty;

    /// <summary>What it is doing, by task (version 2).</summary>
    public ValueMap<string, string> TaskStatus { get; init; } = ValueMap<string, string>.Empty;

    /// <inheritdoc/>
    public static ServiceDaemon Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("ServiceMap::Daemon", Newest, out byte version);
        return new ServiceDaemon
        {
            EncodingVersion = Math.Min(version, Newest),
            Gid = body.ReadU64(),
            Address = EntityAddress.Read(ref body),
            StartEpoch = new Epoch(body.ReadU32()),
            StartStamp = Utime.Read(ref body),
            Metadata = body.ReadTextMap(),
            TaskStatus = version >= 2 ? body.ReadTextMap() : ValueMap<string, string>.Empty,
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 1);
        writer.WriteU64(Gid);
        Address.Write(writer);
        writer.WriteU32(StartEpoch.Value);
        StartStamp.Write(writer);
        writer.WriteTextMap(Metadata);
        if (EncodingVersion >= 2)
        {
            writer.WriteTextMap(TaskStatus);
        }

        writer.EndStruct(mark);
    }
}
