using System.Text;
using Kalmar.Carbon.Routing;

namespace Kalmar.Carbon.Tests.Routing;

public sealed class HashRingTests
{
    private const string Program = """
        import sys, os
        import types, murmurhash.mrmr
        sys.modules['mmh3'] = types.SimpleNamespace(hash=lambda key: murmurhash.mrmr.hash(key)) # Debian has no python3-mmh3
        os.environ.setdefault('GRAPHITE_ROOT', '/tmp'); os.environ.setdefault('GRAPHITE_CONF_DIR', '/etc/carbon')
        from carbon.conf import settings
        settings['CONF_DIR'] = '/etc/carbon'
        from carbon.routers import ConsistentHashingRouter, FastHashingRouter
        class S(dict): __getattr__ = dict.__getitem__
        kind = FastHashingRouter if sys.argv[1].startswith('fast/') else ConsistentHashingRouter
        sys.argv[1] = sys.argv[1].split('/')[-1]
        router = kind(S(REPLICATION_FACTOR=int(sys.argv[2]), DIVERSE_REPLICAS=sys.argv[3] == '1', ROUTER_HASH_TYPE=sys.argv[1]))
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
    [InlineData("mmh3_ch", RingHash.Murmur3, 1, true, 100_000)]
    [InlineData("mmh3_ch", RingHash.Murmur3, 3, false, 20_000)]
    [InlineData("fast/mmh3_ch", RingHash.Murmur3, 1, true, 100_000)]
    [InlineData("fast/carbon_ch", RingHash.Carbon, 2, true, 20_000)]
    [InlineData("fast/fnv1a_ch", RingHash.Fnv1a, 5, false, 20_000)]
    public async Task Names_go_where_carbon_sends_them(string type, RingHash hash, int replicas, bool diverse, int names)
    {
        string[] texts = ["10.0.0.1:2004:a", "10.0.0.1:2104:b", "10.0.0.2:2004:a2", "graphite-3.example:2004:c", "10.0.0.4:2004:None"];
        Destination[] destinations = [.. texts.Select(t => t.EndsWith(":None", StringComparison.Ordinal) ? Destination.Parse(t[..^5]) : Destination.Parse(t))];
        var router = new ConsistentHashingRouter(new HashRing(destinations, hash, type.StartsWith("fast/", StringComparison.Ordinal)), replicas, diverse);
        var random = new Random(3);
        string[] metrics = [.. Enumerable.Range(0, names).Select(i => $"servers.host{random.Next(5000)}.{(i % 3 == 0 ? "cpu;dc=ü" : "disk.sda")}.m{i}")];
        string[] expected = (await Python.RunAsync(Program, string.Join('\n', metrics) + "\n", [type, replicas.ToString(), diverse ? "1" : "0", .. texts])).TrimEnd('\n').Split('\n');
        Assert.Equal(names, expected.Length);
        for (int i = 0; i < names; i++)
        {
            Assert.True(expected[i] == Route(router, metrics[i]), $"{metrics[i]}: {expected[i]} is not {Route(router, metrics[i])}");
        }
    }

    [Theory]
    [InlineData("carbon_ch", RingHash.Carbon, 1, true)]
    [InlineData("carbon_ch", RingHash.Carbon, 2, true)]
    [InlineData("fnv1a_ch", RingHash.Fnv1a, 2, false)]
    public async Task Names_that_are_aggregated_go_where_carbon_sends_their_sums(string type, RingHash hash, int replicas, bool diverse)
    {
        const string program = """
            import sys, os
            os.environ.setdefault('GRAPHITE_ROOT', '/tmp'); os.environ.setdefault('GRAPHITE_CONF_DIR', '/etc/carbon')
            from carbon.conf import settings
            settings['CONF_DIR'] = '/etc/carbon'
            settings['CACHE_METRIC_NAMES_MAX'] = 0
            settings['CACHE_METRIC_NAMES_TTL'] = 0
            from carbon.routers import AggregatedConsistentHashingRouter
            from carbon.aggregator.rules import RuleManager
            class S(dict): __getattr__ = dict.__getitem__
            s = S(REPLICATION_FACTOR=int(sys.argv[2]), DIVERSE_REPLICAS=sys.argv[3] == '1', ROUTER_HASH_TYPE=sys.argv[1])
            s['aggregation-rules'] = None
            router = AggregatedConsistentHashingRouter(s)
            RuleManager.rules = [RuleManager.parse_definition(l) for l in open(sys.argv[4]).read().splitlines() if l]
            for d in sys.argv[5:]:
                h, p, i = d.split(':')
                router.addDestination((h, int(p), i))
            for line in sys.stdin:
                print(','.join(sorted('%s:%d:%s' % d for d in router.getDestinations(line.rstrip('\n')))))
            """;
        using var folder = new TemporaryFolder();
        string rules = folder.File("aggregation-rules.conf");
        await File.WriteAllTextAsync(rules, "<env>.all.<app>.requests (60) = sum <env>.<app>.*.requests\n<env>.total (10) = avg <env>.<<rest>>.count\nsame.<app> (60) = max *.<app>.h*.requests\n", TestContext.Current.CancellationToken);
        string[] texts = ["10.0.0.1:2004:a", "10.0.0.1:2104:b", "10.0.0.2:2004:a", "10.0.0.3:2004:c"];
        var router = new AggregatedHashingRouter(new HashRing([.. texts.Select(Destination.Parse)], hash), () => Kalmar.Carbon.Aggregation.AggregationRules.Load(rules), replicas, diverse);
        var random = new Random(5);
        string[] kinds = ["requests", "count", "errors"];
        string[] metrics = [.. Enumerable.Range(0, 500).Select(i => $"env{random.Next(4)}.app{random.Next(9)}.h{random.Next(50)}.{kinds[i % 3]}"), "plain", "a.b.count", "x.app1.requests"];
        string[] expected = (await Python.RunAsync(program, string.Join('\n', metrics) + "\n", [type, replicas.ToString(), diverse ? "1" : "0", rules, .. texts])).TrimEnd('\n').Split('\n');
        Assert.Contains(expected, e => e.Contains(',', StringComparison.Ordinal));
        for (int i = 0; i < metrics.Length; i++)
        {
            int[] found = new int[router.Destinations.Count];
            int count = router.Route(Encoding.UTF8.GetBytes(metrics[i]), found);
            Assert.Equal($"{metrics[i]} {expected[i]}", $"{metrics[i]} {string.Join(',', found.Take(count).Select(d => router.Destinations[d].ToString()).Order(StringComparer.Ordinal))}");
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("hello", 613153351)]
    [InlineData("hello, world", 345750399)]
    [InlineData("The quick brown fox jumps over the lazy dog", 776992547)]
    public void Murmur3_gives_the_published_values(string text, int hash) => Assert.Equal(hash, Murmur3.Hash(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void One_destination_gets_everything_once_whatever_the_replication()
    {
        var router = new ConsistentHashingRouter(new HashRing([Destination.Parse("10.0.0.1:2004:a")], RingHash.Carbon), 3, diverse: false);
        Assert.Equal("10.0.0.1:2004:a", Route(router, "a.b.c"));
    }

    private static string Route(ConsistentHashingRouter router, string metric)
    {
        int[] found = new int[router.Destinations.Count];
        int count = router.Route(Encoding.UTF8.GetBytes(metric), found);
        return string.Join(',', found.Take(count).Select(d => router.Destinations[d]));
    }
}
