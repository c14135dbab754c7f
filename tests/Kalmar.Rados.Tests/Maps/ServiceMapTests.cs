using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

public sealed class ServiceMapTests
{
    [Fact]
    public void ServiceMap_of_every_release_is_written_as_it_was_read() => Assert.Empty(EncodingCheck.RoundTrip<ServiceMap>("ServiceMap"));

    [Fact]
    public void Truncated_ServiceMap_is_refused() => Assert.All(Corpus.Of("ServiceMap"), sample =>
    {
        for (int length = 0; length < sample.Bytes.Length; length++)
        {
            byte[] part = sample.Bytes[..length];
            Assert.Throws<CephProtocolException>(() =>
            {
                var reader = new WireReader(part, "part");
                _ = ServiceMap.Read(ref reader);
            });
        }
    });

    [Fact]
    public void ServiceMap_with_a_gateway_tells_what_it_said_of_itself()
    {
        const string name = "20.3.0/ServiceMap/dd1e917e306e6a4a637003572be72ce3";
        ServiceMap map = EncodingCheck.Decode<ServiceMap>(Assert.Single(Corpus.Of("ServiceMap"), s => s.Name == name).Bytes, name);

        Assert.Equal(new Epoch(12), map.Epoch);
        Assert.Equal(["mds", "rgw"], map.Services.Keys);
        Assert.Equal(["a", "b", "c"], map.Services["mds"].Daemons.Keys);
        ServiceDaemon gateway = map.Services["rgw"].Daemons["4521"];
        Assert.Equal(4521UL, gateway.Gid);
        Assert.Equal(new Epoch(2), gateway.StartEpoch);
        Assert.Equal("folio03", gateway.Metadata["hostname"]);
        Assert.Equal("tentacle", gateway.Metadata["ceph_release"]);
        Assert.Empty(gateway.TaskStatus);
    }
}
