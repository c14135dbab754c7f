using System.Text.Json;
using Kalmar.Cli.Output;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;

namespace Kalmar.Cli.Tests.Output;

/// <summary>What <c>kalmar status --json</c> says of services, against what <c>ceph -s -f json</c> of 16.2.15 was seen to say.</summary>
public sealed class StatusServicesJsonTests
{
    [Fact]
    public void Daemon_that_said_nothing_of_itself_yet_is_written_as_ceph_does()
    {
        ValueMap<string, ServiceDaemon> daemons = ValueMap.Create([KeyValuePair.Create("a", new ServiceDaemon())]);
        var map = new ServiceMap(new(2), new(1, 500_000_000), ValueMap.Create([KeyValuePair.Create("mds", new ServiceEntry(daemons, ""))]));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var snapshot = new ClusterSnapshot { Name = "ceph", Changed = now, Contact = new(ContactState.Connected, now, now, "a", ""), ServiceMap = new(map, map.Epoch, now, "mon.a servicemap") };
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            StatusServicesJson.Write(json, snapshot);
            json.WriteEndObject();
        }

        JsonElement written = JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("servicemap");
        Assert.Equal("1.500000", written.GetProperty("modified").GetString());
        JsonElement daemon = written.GetProperty("services").GetProperty("mds").GetProperty("daemons").GetProperty("a");
        Assert.Equal("0.000000", daemon.GetProperty("start_stamp").GetString());
        Assert.Equal("(unrecognized address family 0)/0", daemon.GetProperty("addr").GetString());
    }
}
