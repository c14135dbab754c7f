using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Maps;

public sealed class CorpusRoundTripTests
{
    [Fact]
    public void MonMap_of_every_release_is_written_as_it_was_read() => Same<MonMap>("MonMap");

    [Fact]
    public void OsdMap_of_every_release_is_written_as_it_was_read() => Same<OsdMap>("OSDMap");

    [Fact]
    public void MgrMap_of_every_release_is_written_as_it_was_read() => Same<MgrMap>("MgrMap");

    [Fact]
    public void CrushMap_of_every_release_is_written_as_it_was_read() => Same<CrushMap>("CrushWrapper");

    [Fact]
    public void Pool_is_written_as_it_was_read() => Same<Pool>("pg_pool_t");

    [Fact]
    public void MonInfo_is_written_as_it_was_read() => Same<MonInfo>("mon_info_t");

    [Fact]
    public void EVersion_is_written_as_it_was_read() => Same<EVersion>("eversion_t");

    [Fact]
    public void Incremental_of_every_release_is_written_as_it_was_read() => Same<OsdMapIncremental>("OSDMap__Incremental");

    [Fact]
    public void FsMap_of_every_release_is_written_as_it_was_read() => Same<FsMap>("FSMap");

    [Fact]
    public void MdsMap_of_every_release_is_written_as_it_was_read() => Same<MdsMap>("MDSMap");

    [Fact]
    public void ServiceMap_of_every_release_is_written_as_it_was_read() => Same<ServiceMap>("ServiceMap");

    /// <summary>Ceph keeps the digest's maps in hash tables, so that only the order of their entries may differ.</summary>
    [Fact]
    public void PgMapDigest_of_every_release_is_the_same_but_for_the_order_of_entries()
    {
        IReadOnlyList<string> changed = EncodingCheck.RoundTrip<PgMapDigest>("PGMapDigest");
        Assert.All(Corpus.Of("PGMapDigest"), s =>
        {
            byte[] written = EncodingCheck.Encode(EncodingCheck.Decode<PgMapDigest>(s.Bytes, s.Name));
            Assert.Equal(s.Bytes.Order(), written.Order());
        });
        Assert.True(changed.Count < Corpus.Of("PGMapDigest").Count);
    }

    [Fact]
    public void PgMap_of_every_release_is_written_as_it_was_read() => Same<PgMap>("PGMap");

    [Fact]
    public void PgStats_is_written_as_it_was_read() => Same<PgStats>("pg_stat_t");

    [Fact]
    public void OsdStats_is_written_as_it_was_read() => Same<OsdStats>("osd_stat_t");

    [Fact]
    public void PoolStats_is_written_as_it_was_read() => Same<PoolStats>("pool_stat_t");

    [Fact]
    public void ObjectStats_is_written_as_it_was_read() => Same<ObjectStats>("object_stat_sum_t");

    [Fact]
    public void ObjectStatsCollection_is_written_as_it_was_read() => Same<ObjectStatsCollection>("object_stat_collection_t");

    [Fact]
    public void StoreStats_is_written_as_it_was_read() => Same<StoreStats>("store_statfs_t");

    [Fact]
    public void HashedObjectId_is_written_as_it_was_read() => Same<HashedObjectId>("hobject_t");

    [Fact]
    public void ObjectLocator_is_written_as_it_was_read() => Same<ObjectLocator>("object_locator_t");

    [Fact]
    public void PgId_is_written_as_it_was_read() => Same<PgId>("pg_t");

    [Fact]
    public void Utime_is_written_as_it_was_read() => Same<Utime>("utime_t");

    [Fact]
    public void EntityAddress_is_written_as_it_was_read() => Same<EntityAddress>("entity_addr_t");

    [Fact]
    public void EntityAddressVector_is_written_as_it_was_read() => Same<EntityAddressVector>("entity_addrvec_t");

    [Fact]
    public void ShardedPgId_is_written_as_it_was_read() => Same<ShardedPgId>("spg_t");

    private static void Same<T>(string type)
        where T : IWireEncodable<T> => Assert.Empty(EncodingCheck.RoundTrip<T>(type));
}
