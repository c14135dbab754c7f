using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

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

    private static void Same<T>(string type)
        where T : IWireEncodable<T> => Assert.Empty(EncodingCheck.RoundTrip<T>(type));
}
