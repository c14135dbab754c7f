using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>
/// The encoding: VER(8,7){ VER(9 or 10,1) clients' part; VER(9..12,1) OSDs' part; u32 crc } where the crc covers everything but itself.
/// </content>
public sealed partial record OsdMap
{
    private const byte OuterVersion = 8;
    private const byte NewestClient = 10;
    private const byte NewestOsd = 12;
    private const byte OldestClient = 7;
    private const byte OldestOsd = 8;

    /// <inheritdoc/>
    /// <remarks>The checksum is verified: a map that does not have it is not a map.</remarks>
    public static OsdMap Read(ref WireReader reader)
    {
        ReadOnlySpan<byte> whole = reader.Rest;
        int start = reader.Position;
        WireReader outer = reader.ReadStruct("OSDMap", OuterVersion, out byte version);
        whole = whole[..(reader.Position - start)];
        if (version < OuterVersion)
        {
            throw outer.Error($"OSDMap version {version} is older than Nautilus's");
        }

        WireReader client = outer.ReadStruct("OSDMap client part", NewestClient, out byte clientVersion);
        WireReader osd = outer.ReadStruct("OSDMap osd part", NewestOsd, out byte osdVersion);
        if (clientVersion < OldestClient || osdVersion < OldestOsd)
        {
            throw outer.Error($"OSDMap parts of versions {clientVersion} and {osdVersion} are older than Nautilus's");
        }

        MapChecksum.Verify(ref outer, whole);
        OsdMap map = ReadClientPart(ref client, clientVersion);
        map = ReadOsdPart(ref osd, map, osdVersion);
        map.CheckLists(ref osd);
        return map;
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int start = writer.Length;
        int outer = writer.BeginStruct(OuterVersion, 7);
        int client = writer.BeginStruct(ClientVersion, 1);
        WriteClientPart(writer);
        writer.EndStruct(client);
        int osd = writer.BeginStruct(OsdVersion, 1);
        WriteOsdPart(writer);
        writer.EndStruct(osd);
        int crcAt = writer.Length;
        writer.WriteU32(0);
        writer.EndStruct(outer);
        MapChecksum.Patch(writer, start, crcAt);
    }

    /// <summary>The checksum that the map has in Ceph's encoding; monitors and OSDs compare it to see that they agree.</summary>
    public uint ComputeCrc()
    {
        var writer = new WireWriter(4096 + (MaxOsd * 512));
        Write(writer);
        return MapChecksum.Last(writer);
    }

    private static OsdMap ReadClientPart(ref WireReader body, byte version)
    {
        var map = new OsdMap
        {
            ClientVersion = Math.Min(version, NewestClient),
            Fsid = body.ReadUuid(),
            Epoch = new Epoch(body.ReadU32()),
            Created = Utime.Read(ref body),
            Modified = Utime.Read(ref body),
            Pools = body.ReadPoolMap(static (ref WireReader r) => Pool.Read(ref r), 100),
            PoolNames = body.ReadPoolMap(static (ref WireReader r) => r.ReadString(), 4),
            PoolMax = body.ReadI32(),
            Flags = (OsdMapFlags)body.ReadU32(),
            MaxOsd = body.ReadI32(),
            States = body.ReadStates(),
            Weights = body.ReadU32List(),
            ClientAddresses = body.ReadAddressVectors(),
            PgTemp = body.ReadPgMap(static (ref WireReader r) => r.ReadOsdList(), 4),
            PrimaryTemp = body.ReadPgMap(static (ref WireReader r) => new OsdId(r.ReadI32()), 4),
            PrimaryAffinities = body.ReadU32List(),
            Crush = ReadCrush(ref body),
            ErasureCodeProfiles = body.ReadProfiles(),
            PgUpmap = body.ReadPgMap(static (ref WireReader r) => r.ReadOsdList(), 4),
            PgUpmapItems = body.ReadPgMap(static (ref WireReader r) => r.ReadUpmapItems(), 4),
            CrushVersion = body.ReadI32(),
            NewRemovedSnaps = body.ReadPoolIntervals(),
            NewPurgedSnaps = body.ReadPoolIntervals(),
        };
        return version < 9
            ? map
            : map with
            {
                LastUpChange = Utime.Read(ref body),
                LastInChange = Utime.Read(ref body),
                PgUpmapPrimaries = version >= 10
                    ? body.ReadPgMap(static (ref WireReader r) => new OsdId(r.ReadI32()), 4)
                    : ValueMap<PgId, OsdId>.Empty,
            };
    }

    private static OsdMap ReadOsdPart(ref WireReader body, OsdMap map, byte version) => map with
    {
        OsdVersion = Math.Min(version, NewestOsd),
        HeartbeatBackAddresses = body.ReadAddressVectors(),
        Infos = body.ReadValues<OsdInfo>(25),
        Blocklist = body.ReadBlocklist(),
        ClusterAddresses = body.ReadAddressVectors(),
        ClusterSnapshotEpoch = new Epoch(body.ReadU32()),
        ClusterSnapshot = body.ReadString(),
        Uuids = body.ReadValues(static (ref WireReader r) => r.ReadUuid(), 16),
        ExtraInfos = body.ReadValues<OsdExtraInfo>(22),
        HeartbeatFrontAddresses = body.ReadAddressVectors(),
        NearFullRatio = body.ReadF32(),
        FullRatio = body.ReadF32(),
        BackfillFullRatio = body.ReadF32(),
        RequireMinCompatClient = (CephRelease)body.ReadU8(),
        RequireOsdRelease = (CephRelease)body.ReadU8(),
        RemovedSnapsQueue = body.ReadPoolIntervals(),
        CrushNodeFlags = body.ReadNodeFlags(),
        DeviceClassFlags = version >= 9 ? body.ReadNodeFlags() : ValueMap<int, OsdState>.Empty,
        StretchMode = version >= 10 ? Maps.StretchMode.Read(ref body) : default,
        RangeBlocklist = version >= 11 ? body.ReadBlocklist() : ValueMap<EntityAddress, Utime>.Empty,
        AllowCrimson = version >= 12 && body.ReadBool(),
    };

    private static CrushMap ReadCrush(ref WireReader body)
    {
        WireReader crush = body.ReadNested("CrushWrapper");
        return crush.IsAtEnd ? CrushMap.Empty : CrushMap.Read(ref crush);
    }

    /// <summary>Every list that is kept for each OSD must have as many entries as there are OSDs.</summary>
    private void CheckLists(ref WireReader reader)
    {
        int max = MaxOsd;
        bool right = States.Count == max && Weights.Count == max && ClientAddresses.Count == max && ClusterAddresses.Count == max
            && HeartbeatBackAddresses.Count == max && HeartbeatFrontAddresses.Count == max && Infos.Count == max
            && ExtraInfos.Count == max && Uuids.Count == max && PrimaryAffinities.Count is var affinities
            && (affinities == 0 || affinities == max);
        if (!right)
        {
            throw reader.Error($"lists that do not all have {max} OSDs");
        }
    }

    private void WriteClientPart(WireWriter writer)
    {
        writer.WriteUuid(Fsid);
        writer.WriteU32(Epoch.Value);
        Created.Write(writer);
        Modified.Write(writer);
        writer.WritePoolMap(Pools, static (w, v) => v.Write(w));
        writer.WritePoolMap(PoolNames, static (w, v) => w.WriteString(v));
        writer.WriteI32(PoolMax);
        writer.WriteU32((uint)Flags);
        writer.WriteI32(MaxOsd);
        writer.WriteStates(States);
        writer.WriteU32List(Weights);
        writer.WriteList(ClientAddresses);
        writer.WritePgMap(PgTemp, static (w, v) => w.WriteOsdList(v));
        writer.WritePgMap(PrimaryTemp, static (w, v) => w.WriteI32(v.Value));
        writer.WriteU32List(PrimaryAffinities);
        int crush = writer.BeginNested();
        Crush.Write(writer);
        writer.EndNested(crush);
        writer.WriteProfiles(ErasureCodeProfiles);
        writer.WritePgMap(PgUpmap, static (w, v) => w.WriteOsdList(v));
        writer.WritePgMap(PgUpmapItems, static (w, v) => w.WriteUpmapItems(v));
        writer.WriteI32(CrushVersion);
        writer.WritePoolIntervals(NewRemovedSnaps);
        writer.WritePoolIntervals(NewPurgedSnaps);
        if (ClientVersion >= 9)
        {
            LastUpChange.Write(writer);
            LastInChange.Write(writer);
        }

        if (ClientVersion >= 10)
        {
            writer.WritePgMap(PgUpmapPrimaries, static (w, v) => w.WriteI32(v.Value));
        }
    }

    private void WriteOsdPart(WireWriter writer)
    {
        writer.WriteList(HeartbeatBackAddresses);
        writer.WriteList(Infos);
        writer.WriteBlocklist(Blocklist);
        writer.WriteList(ClusterAddresses);
        writer.WriteU32(ClusterSnapshotEpoch.Value);
        writer.WriteString(ClusterSnapshot);
        writer.WriteList(Uuids, static (w, v) => w.WriteUuid(v));
        writer.WriteList(ExtraInfos);
        writer.WriteList(HeartbeatFrontAddresses);
        writer.WriteF32(NearFullRatio);
        writer.WriteF32(FullRatio);
        writer.WriteF32(BackfillFullRatio);
        writer.WriteU8((byte)RequireMinCompatClient);
        writer.WriteU8((byte)RequireOsdRelease);
        writer.WritePoolIntervals(RemovedSnapsQueue);
        writer.WriteNodeFlags(CrushNodeFlags);
        if (OsdVersion >= 9)
        {
            writer.WriteNodeFlags(DeviceClassFlags);
        }

        if (OsdVersion >= 10)
        {
            StretchMode.Write(writer);
        }

        if (OsdVersion >= 11)
        {
            writer.WriteBlocklist(RangeBlocklist);
        }

        if (OsdVersion >= 12)
        {
            writer.WriteBool(AllowCrimson);
        }
    }
}
