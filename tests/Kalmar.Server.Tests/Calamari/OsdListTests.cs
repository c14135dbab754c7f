using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Server.Tests.Hosting;
using Kalmar.Wire;

namespace Kalmar.Server.Tests.Calamari;

/// <summary>The kept list of OSDs says what a list that is written from nothing says, whatever changes between two maps.</summary>
public sealed class OsdListTests
{
    private const int Osds = 20;
    private const int Seed = 4711;

    [Fact]
    public void List_is_right_after_every_kind_of_change()
    {
        var random = new Random(Seed);
        ClusterSnapshot now = Samples.Healthy(Samples.Start);
        now = now with { OsdMap = Next(now, Samples.OsdMap(Osds) with { Fsid = Guid.NewGuid() }) };
        for (int round = 0; round < 300; round++)
        {
            now = Changed(now, random);
            OsdMap map = now.OsdMap!.Value;
            OsdList list = OsdList.Of(now);
            string expected = JsonSerializer.Serialize<IReadOnlyList<OsdResource>>([.. map.Osds.Select(o => OsdReader.Of(now, o))], ApiJson.Readable.IReadOnlyListOsdResource);
            using JsonDocument wanted = JsonDocument.Parse(expected);
            using JsonDocument kept = JsonDocument.Parse(list.Body);
            Assert.True(JsonElement.DeepEquals(wanted.RootElement, kept.RootElement), $"seed {Seed}, round {round}:\n{expected}\n{kept.RootElement}");
            Assert.Same(list, OsdList.Of(now));
        }
    }

    [Fact]
    public void List_without_OSDs_is_empty()
    {
        ClusterSnapshot none = Samples.Healthy(Samples.Start);
        none = none with { OsdMap = Next(none, OsdMap.Empty with { Fsid = Guid.NewGuid() }) };
        Assert.Equal("[]"u8.ToArray(), OsdList.Of(none).Body.ToArray());
    }

    private static ClusterSnapshot Changed(ClusterSnapshot now, Random random)
    {
        OsdMap map = now.OsdMap!.Value;
        int osd = random.Next(map.MaxOsd);
        switch (random.Next(9))
        {
            case 0:
                return now with { OsdMap = Next(now, map with { States = With(map.States, osd, map.States[osd] ^ OsdState.Up) }) };
            case 1:
                return now with { OsdMap = Next(now, map with { States = With(map.States, osd, map.States[osd] ^ OsdState.Exists) }) };
            case 2:
                return now with { OsdMap = Next(now, map with { Weights = With(map.Weights, osd, (uint)random.Next(0x10001)) }) };
            case 3:
                EntityAddressVector address = new([new EntityAddress(EntityAddressType.Legacy, 1, new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, random.Next(1, 65536)))]);
                return now with { OsdMap = Next(now, map with { ClientAddresses = With(map.ClientAddresses, osd, address) }) };
            case 4:
                // The same addresses in other objects, as a map that came whole has them.
                return now with { OsdMap = Next(now, map with { ClusterAddresses = ValueList.Create<EntityAddressVector>([.. map.ClusterAddresses.Select(a => new EntityAddressVector([.. a.Addresses]))]) }) };
            case 5:
                return now with { OsdMap = Next(now, map with { Pools = map.Pools.Count > 0 && random.Next(2) == 0 ? ValueMap<PoolId, Pool>.Empty : Samples.OsdMap(Osds).Pools }) };
            case 6:
                // A host with another name, in a CRUSH map of its own.
                Dictionary<int, string> names = map.Crush.ItemNames.ToDictionary();
                names[-2] = $"host{random.Next(1000)}";
                return now with { OsdMap = Next(now, map with { Crush = map.Crush with { ItemNames = ValueMap.Create(names) } }) };
            case 7:
                Dictionary<DaemonName, DaemonMetadata> told = now.Metadata?.Value.ToDictionary() ?? [];
                told[DaemonName.Of(new OsdId(osd))] = new DaemonMetadata(DaemonName.Of(new OsdId(osd)), $"node{random.Next(5)}", "16.2.15", "pacific", new Dictionary<string, string> { ["osd_data"] = $"/data/{random.Next(9)}" });
                return now with { Metadata = new(told, null, Samples.Start, "test") };
            default:
                return now with { OsdMap = Next(now, map) };
        }
    }

    private static Part<OsdMap> Next(ClusterSnapshot now, OsdMap map)
    {
        var epoch = new Epoch(now.OsdMap!.Value.Epoch.Value + 1);
        return new Part<OsdMap>(map with { Epoch = epoch }, epoch, Samples.Start, "test");
    }

    private static ValueList<T> With<T>(ValueList<T> list, int index, T value)
    {
        T[] all = [.. list];
        all[index] = value;
        return ValueList.Create<T>(all);
    }
}
