using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>
/// The encoding: VER(8,7){ VER(8 or 9,1) clients' part; VER(9..12,1) OSDs' part; u32 crc of this encoding; u32 crc of the full map }.
/// </content>
public sealed partial record OsdMapIncremental
{
    private const byte OuterVersion = 8;
    private const byte NewestClient = 9;
    private const byte NewestOsd = 12;
    private const byte OldestClient = 7;
    private const byte OldestOsd = 8;

    /// <inheritdoc/>
    /// <remarks>The checksum is verified.</remarks>
    public static OsdMapIncremental Read(ref WireReader reader)
    {
        ReadOnlySpan<byte> whole = reader.Rest;
        int start = reader.Position;
        WireReader outer = reader.ReadStruct("OSDMap::Incremental", OuterVersion, out byte version);
        whole = whole[..(reader.Position - start)];
        if (version < OuterVersion)
        {
            throw outer.Error($"OSDMap::Incremental version {version} is older than Nautilus's");
        }

        WireReader client = outer.ReadStruct("OSDMap::Incremental client part", NewestClient, out byte clientVersion);
        WireReader osd = outer.ReadStruct("OSDMap::Incremental osd part", NewestOsd, out byte osdVersion);
        if (clientVersion < OldestClient || osdVersion < OldestOsd)
        {
            throw outer.Error($"OSDMap::Incremental parts of versions {clientVersion} and {osdVersion} are older than Nautilus's");
        }

        MapChecksum.Verify(ref outer, whole);
        OsdMapIncremental incremental = ReadClientPart(ref client, clientVersion);
        return ReadOsdPart(ref osd, incremental, osdVersion) with { FullCrc = outer.ReadU32() };
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
        writer.WriteU32(FullCrc);
        writer.EndStruct(outer);
        MapChecksum.Patch(writer, start, crcAt);
    }

    private static OsdMapIncremental ReadClientPart(ref WireReader body, byte version)
    {
        var incremental = new OsdMapIncremental
        {
            ClientVersion = Math.Min(version, NewestClient),
            Fsid = body.ReadUuid(),
            Epoch = new Epoch(body.ReadU32()),
            Modified = Utime.Read(ref body),
            NewPoolMax = body.ReadI64(),
            NewFlags = body.ReadI32() is var flags and >= 0 ? (OsdMapFlags)flags : null,
            FullMap = ReadBlob<OsdMap>(ref body, "OSDMap"),
            NewCrush = ReadBlob<CrushMap>(ref body, "CrushWrapper"),
            NewMaxOsd = body.ReadI32(),
            NewPools = body.ReadPoolMap(static (ref WireReader r) => Pool.Read(ref r), 100),
            NewPoolNames = body.ReadPoolMap(static (ref WireReader r) => r.ReadString(), 4),
            OldPools = body.ReadValues(static (ref WireReader r) => new PoolId(r.ReadI64()), 8),
            NewUpClient = body.ReadOsdMap(static (ref WireReader r) => EntityAddressVector.Read(ref r), 5),
            NewState = body.ReadOsdMap(static (ref WireReader r) => (OsdState)r.ReadU32(), 4),
            NewWeight = body.ReadOsdMap(static (ref WireReader r) => r.ReadU32(), 4),
            NewPgTemp = body.ReadPgMap(static (ref WireReader r) => r.ReadOsdList(), 4),
            NewPrimaryTemp = body.ReadPgMap(static (ref WireReader r) => new OsdId(r.ReadI32()), 4),
            NewPrimaryAffinity = body.ReadOsdMap(static (ref WireReader r) => r.ReadU32(), 4),
            NewErasureCodeProfiles = body.ReadProfiles(),
            OldErasureCodeProfiles = body.ReadStrings(),
            NewPgUpmap = body.ReadPgMap(static (ref WireReader r) => r.ReadOsdList(), 4),
            OldPgUpmap = body.ReadPgs(),
            NewPgUpmapItems = body.ReadPgMap(static (ref WireReader r) => r.ReadUpmapItems(), 4),
            OldPgUpmapItems = body.ReadPgs(),
            NewRemovedSnaps = body.ReadPoolIntervals(),
            NewPurgedSnaps = body.ReadPoolIntervals(),
        };
        if (version >= 8)
        {
            incremental = incremental with { NewLastUpChange = Utime.Read(ref body), NewLastInChange = Utime.Read(ref body) };
        }

        return version < 9
            ? incremental
            : incremental with
            {
                NewPgUpmapPrimaries = body.ReadPgMap(static (ref WireReader r) => new OsdId(r.ReadI32()), 4),
                OldPgUpmapPrimaries = body.ReadPgs(),
            };
    }

    private static OsdMapIncremental ReadOsdPart(ref WireReader body, OsdMapIncremental incremental, byte version) => incremental with
    {
        OsdVersion = Math.Min(version, NewestOsd),
        NewHeartbeatBackUp = body.ReadOsdMap(static (ref WireReader r) => EntityAddressVector.Read(ref r), 5),
        NewUpThrough = body.ReadOsdMap(static (ref WireReader r) => new Epoch(r.ReadU32()), 4),
        NewLastCleanInterval = body.ReadOsdMap(
            static (ref WireReader r) => new EpochRange(new Epoch(r.ReadU32()), new Epoch(r.ReadU32())), 8),
        NewLost = body.ReadOsdMap(static (ref WireReader r) => new Epoch(r.ReadU32()), 4),
        NewBlocklist = body.ReadBlocklist(),
        OldBlocklist = body.ReadValues<EntityAddress>(19),
        NewUpCluster = body.ReadOsdMap(static (ref WireReader r) => EntityAddressVector.Read(ref r), 5),
        ClusterSnapshot = body.ReadString(),
        NewUuid = body.ReadOsdMap(static (ref WireReader r) => r.ReadUuid(), 16),
        NewExtraInfo = body.ReadOsdMap(static (ref WireReader r) => OsdExtraInfo.Read(ref r), 22),
        NewHeartbeatFrontUp = body.ReadOsdMap(static (ref WireReader r) => EntityAddressVector.Read(ref r), 5),
        EncodeFeatures = body.ReadU64(),
        NewNearFullRatio = body.ReadF32(),
        NewFullRatio = body.ReadF32(),
        NewBackfillFullRatio = body.ReadF32(),
        NewRequireMinCompatClient = ReadRelease(ref body),
        NewRequireOsdRelease = ReadRelease(ref body),
        NewCrushNodeFlags = body.ReadNodeFlags(),
        NewDeviceClassFlags = version >= 9 ? body.ReadNodeFlags() : ValueMap<int, OsdState>.Empty,
        ChangesStretchMode = version >= 10 && body.ReadBool(),
        NewStretchMode = version >= 10 ? ReadStretchMode(ref body) : default,
        NewRangeBlocklist = version >= 11 ? body.ReadBlocklist() : ValueMap<EntityAddress, Utime>.Empty,
        OldRangeBlocklist = version >= 11 ? body.ReadValues<EntityAddress>(19) : [],
        MutateAllowCrimson = version >= 12 ? body.ReadU8() : (byte)0,
    };

    private static T? ReadBlob<T>(ref WireReader body, string what)
        where T : class, IWireEncodable<T>
    {
        WireReader blob = body.ReadNested(what);
        return blob.IsAtEnd ? null : T.Read(ref blob);
    }

    /// <summary>As in the full map, but the flag comes last.</summary>
    private static StretchMode ReadStretchMode(ref WireReader body)
    {
        uint count = body.ReadU32(), degraded = body.ReadU32(), recovering = body.ReadU32();
        int type = body.ReadI32();
        return new StretchMode(body.ReadBool(), count, degraded, recovering, type);
    }

    /// <summary>s8; below 0 is "no change".</summary>
    private static CephRelease? ReadRelease(ref WireReader body) => body.ReadI8() is var number and >= 0 ? (CephRelease)number : null;

    private static void WriteRelease(WireWriter writer, CephRelease? release) => writer.WriteI8(release is { } number ? (sbyte)number : (sbyte)-1);

    private static void WriteBlob<T>(WireWriter writer, T? value)
        where T : class, IWireEncodable<T>
    {
        int mark = writer.BeginNested();
        value?.Write(writer);
        writer.EndNested(mark);
    }

    private void WriteClientPart(WireWriter writer)
    {
        writer.WriteUuid(Fsid);
        writer.WriteU32(Epoch.Value);
        Modified.Write(writer);
        writer.WriteI64(NewPoolMax);
        writer.WriteI32(NewFlags is { } flags ? (int)flags : -1);
        WriteBlob(writer, FullMap);
        WriteBlob(writer, NewCrush);
        writer.WriteI32(NewMaxOsd);
        writer.WritePoolMap(NewPools, static (w, v) => v.Write(w));
        writer.WritePoolMap(NewPoolNames, static (w, v) => w.WriteString(v));
        writer.WriteList(OldPools, static (w, v) => w.WriteI64(v.Value));
        writer.WriteOsdMap(NewUpClient, static (w, v) => v.Write(w));
        writer.WriteOsdMap(NewState, static (w, v) => w.WriteU32((uint)v));
        writer.WriteOsdMap(NewWeight, static (w, v) => w.WriteU32(v));
        writer.WritePgMap(NewPgTemp, static (w, v) => w.WriteOsdList(v));
        writer.WritePgMap(NewPrimaryTemp, static (w, v) => w.WriteI32(v.Value));
        writer.WriteOsdMap(NewPrimaryAffinity, static (w, v) => w.WriteU32(v));
        writer.WriteProfiles(NewErasureCodeProfiles);
        writer.WriteStrings(OldErasureCodeProfiles);
        writer.WritePgMap(NewPgUpmap, static (w, v) => w.WriteOsdList(v));
        writer.WriteList(OldPgUpmap);
        writer.WritePgMap(NewPgUpmapItems, static (w, v) => w.WriteUpmapItems(v));
        writer.WriteList(OldPgUpmapItems);
        writer.WritePoolIntervals(NewRemovedSnaps);
        writer.WritePoolIntervals(NewPurgedSnaps);
        if (ClientVersion >= 8)
        {
            NewLastUpChange.Write(writer);
            NewLastInChange.Write(writer);
        }

        if (ClientVersion >= 9)
        {
            writer.WritePgMap(NewPgUpmapPrimaries, static (w, v) => w.WriteI32(v.Value));
            writer.WriteList(OldPgUpmapPrimaries);
        }
    }

    private void WriteOsdPart(WireWriter writer)
    {
        writer.WriteOsdMap(NewHeartbeatBackUp, static (w, v) => v.Write(w));
        writer.WriteOsdMap(NewUpThrough, static (w, v) => w.WriteU32(v.Value));
        writer.WriteOsdMap(NewLastCleanInterval, static (w, v) =>
        {
            w.WriteU32(v.Begin.Value);
            w.WriteU32(v.End.Value);
        });
        writer.WriteOsdMap(NewLost, static (w, v) => w.WriteU32(v.Value));
        writer.WriteBlocklist(NewBlocklist);
        writer.WriteList(OldBlocklist);
        writer.WriteOsdMap(NewUpCluster, static (w, v) => v.Write(w));
        writer.WriteString(ClusterSnapshot);
        writer.WriteOsdMap(NewUuid, static (w, v) => w.WriteUuid(v));
        writer.WriteOsdMap(NewExtraInfo, static (w, v) => v.Write(w));
        writer.WriteOsdMap(NewHeartbeatFrontUp, static (w, v) => v.Write(w));
        writer.WriteU64(EncodeFeatures);
        writer.WriteF32(NewNearFullRatio);
        writer.WriteF32(NewFullRatio);
        writer.WriteF32(NewBackfillFullRatio);
        WriteRelease(writer, NewRequireMinCompatClient);
        WriteRelease(writer, NewRequireOsdRelease);
        writer.WriteNodeFlags(NewCrushNodeFlags);
        if (OsdVersion >= 9)
        {
            writer.WriteNodeFlags(NewDeviceClassFlags);
        }

        if (OsdVersion >= 10)
        {
            writer.WriteBool(ChangesStretchMode);
            writer.WriteU32(NewStretchMode.BucketCount);
            writer.WriteU32(NewStretchMode.Degraded);
            writer.WriteU32(NewStretchMode.Recovering);
            writer.WriteI32(NewStretchMode.BucketType);
            writer.WriteBool(NewStretchMode.IsEnabled);
        }

        if (OsdVersion >= 11)
        {
            writer.WriteBlocklist(NewRangeBlocklist);
            writer.WriteList(OldRangeBlocklist);
        }

        if (OsdVersion >= 12)
        {
            writer.WriteU8(MutateAllowCrimson);
        }
    }
}
