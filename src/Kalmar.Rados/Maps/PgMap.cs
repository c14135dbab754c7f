using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What the active manager knows of every PG and OSD: Ceph's PGMap, VER(8,8).</summary>
public sealed record PgMap : IWireEncodable<PgMap>
{
    private const byte Newest = 8;

    /// <summary>Grows with each change.</summary>
    public ulong Version { get; init; }

    /// <summary>What each PG's primary reports.</summary>
    public ValueMap<PgId, PgStats> Pgs { get; init; } = ValueMap<PgId, PgStats>.Empty;

    /// <summary>What each OSD reports.</summary>
    public ValueMap<OsdId, OsdStats> Osds { get; init; } = ValueMap<OsdId, OsdStats>.Empty;

    /// <summary>The OSD map's epoch that was taken into account.</summary>
    public Epoch LastOsdMapEpoch { get; init; }

    /// <summary>The epoch of the last look over all PGs.</summary>
    public Epoch LastPgScan { get; init; }

    /// <summary>When it was made.</summary>
    public Utime Stamp { get; init; }

    /// <summary>What each pool takes on each OSD.</summary>
    public ValueMap<PoolStoreKey, StoreStats> PoolStores { get; init; } = ValueMap<PoolStoreKey, StoreStats>.Empty;

    /// <inheritdoc/>
    public static PgMap Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("PGMap", Newest, out byte version);
        if (version < Newest)
        {
            throw body.Error($"PGMap version {version} is older than Nautilus's");
        }

        return new PgMap
        {
            Version = body.ReadU64(),
            Pgs = body.ReadPgMap(static (ref WireReader r) => PgStats.Read(ref r), 600),
            Osds = body.ReadOsdMap(static (ref WireReader r) => OsdStats.Read(ref r), 150),
            LastOsdMapEpoch = new Epoch(body.ReadU32()),
            LastPgScan = new Epoch(body.ReadU32()),
            Stamp = Utime.Read(ref body),
            PoolStores = body.ReadValueMap<PoolStoreKey, StoreStats>(
                static (ref WireReader r) => new PoolStoreKey(new PoolId(r.ReadI64()), new OsdId(r.ReadI32())), 98),
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(Newest, Newest);
        writer.WriteU64(Version);
        writer.WritePgMap(Pgs, static (w, v) => v.Write(w));
        writer.WriteOsdMap(Osds, static (w, v) => v.Write(w));
        writer.WriteU32(LastOsdMapEpoch.Value);
        writer.WriteU32(LastPgScan.Value);
        Stamp.Write(writer);
        writer.WriteMap(
            PoolStores,
            static (w, k) =>
            {
                w.WriteI64(k.Pool.Value);
                w.WriteI32(k.Osd.Value);
            },
            static (w, v) => v.Write(w));
        writer.EndStruct(mark);
    }
}
