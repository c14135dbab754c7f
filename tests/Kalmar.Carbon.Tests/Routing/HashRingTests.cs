using System.Text;
using Kalmar.Carbon.Routing;

namespace Kalmar.Carbon.Tests.Routing;

public sealed class HashRingTests
{
    private const string Program = """
        import sys, os
        os.environ.setdefault('GRAPHITE_ROOT', '/tmp'); os.environ.setdefault('GRAPHITE_CONF_DIR', '/etc/carbon')
        from carbon.conf import settings
        settings['CONF_DIR'] = '/etc/carbon'
        from carbon.routers import ConsistentHashingRouter
        class S(dict): __getattr__ = dict.__getitem__
        router = ConsistentHashingRouter(S(REPLICATION_FACTOR=int(sys.argv[2]), DIVERSE_REPLICAS=sys.argv[3] == '1', ROUTER_HASH_TYPE=sys.argv[1]))
        for d in sys.argv[4:]:
            h, p, i = d.split(':')
            router.addDestination((h, int(p), None if i == 'None' else i))
        for line in sys.stdin:
            print(','.join('%s:%d:%s' % d for d in router.getDestinations(line.rstrip('\n'))))
        """;

    [Theory]
    [InlineData("carbon_ch", RingHash.Carbon, 1, true, 100_000)]
    [InlineData("fnv1a_ch", RingHash.Fnv1a, 1, true, 100_000)]
    [InlineData("carbon_ch", RingHash.Carbon, 2, true, 20_000)]
    [InlineData("carbon_ch", RingHash.Carbon, 3, false, 20_000)]
    [InlineData("fnv1a_ch", RingHash.Fnv1a, 2, false, 20_000)]
    public async Task Names_go_where_carbon_sends_them(string type, RingHash hash, int replicas, bool diverse, int names)
    {
        string[] texts = ["10.0.0.1:2004:a", "10.0.0.1:2104:b", "10.0.0.2:2004:a2", "graphite-3.example:2004:c", "10.0.0.4:2004:None"];
        Destination[] destinations = [.. texts.Select(t => t.EndsWith(":None", StringComparison.Ordinal) ? Destination.Parse(t[..^5]) : Destination.Parse(t))];
        var router = new ConsistentHashingRouter(new HashRing(destinations, hash), replicas, diverse);
        var random = new Random(3);
        string[] metrics = [.. Enumerable.Range(0, names).Select(i => $"servers.host{random.Next(5000)}.{(i % 3 == 0 ? "cpu;dc=ü" : "disk.sda")}.m{i}")];
        string[] expected = (await Python.RunAsync(Program, string.Join('\n', metrics) + "\n", [type, replicas.ToString(), diverse ? "1" : "0", .. texts])).TrimEnd('\n').Split('\n');
        Assert.Equal(names, expected.Length);
        for (int i = 0; i < names; i++)
        {
            Assert.True(expected[i] == Route(router, metrics[i]), $"{metrics[i]}: {expected[i]} is not {Route(router, metrics[i])}");
        }
    }

    private static string Route(ConsistentHashingRouter router, string metric)
    {
        int[] found = new int[router.Destinations.Count];
        int count = router.Route(Encoding.UTF8.GetBytes(metric), found);
        return string.Join(',', found.Take(count).Select(d => router.Destinations[d]));
    }
}
