using Kalmar.Carbon.Aggregation;

namespace Kalmar.Carbon.Tests.Aggregation;

public sealed class AggregationRuleTests
{
    private const string Program = """
        import sys, os
        os.environ.setdefault('GRAPHITE_ROOT', '/tmp'); os.environ.setdefault('GRAPHITE_CONF_DIR', '/etc/carbon')
        from carbon.conf import settings
        settings['CONF_DIR'] = '/etc/carbon'
        settings['program'] = 'carbon-aggregator'; settings['instance'] = 'a'
        from carbon.aggregator.rules import RuleManager
        rules = [RuleManager.parse_definition(r) for r in sys.argv[1].split('\n')]
        for line in sys.stdin:
            print(','.join(str(r.get_aggregate_metric(line.rstrip('\n'))) for r in rules))
        """;

    private static readonly string[] Rules =
    [
        "<env>.applications.<app>.all.requests (60) = sum <env>.applications.<app>.*.requests",
        "all.<rest> (10) = avg hosts.*.<<rest>>",
        "total.cpu (10) = max hosts.web*.cpu<n>.user",
        "sum.<a>.<b> (5) = p95 x.pre<a>post.<b>",
    ];

    [Fact]
    public async Task Names_are_aggregated_as_carbon_does()
    {
        string[] metrics =
        [
            "prod.applications.shop.web1.requests", "prod.applications.shop.requests", "hosts.a.cpu.user", "hosts.a", "hosts.web1.cpu0.user",
            "hosts.web.cpu12.user", "hosts.db1.cpu0.user", "x.preMIDpost.q", "x.prepost.q", "x.preMIDpost.q.r", "y.hosts.web1.cpu0.user",
        ];
        string expected = await Python.RunAsync(Program, string.Join('\n', metrics) + "\n", string.Join('\n', Rules));
        AggregationRules rules = AggregationRules.Parse(string.Join('\n', Rules));
        string actual = string.Concat(metrics.Select(m => string.Join(',', rules.Rules.Select(r => r.OutputOf(m) ?? "None")) + "\n"));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("sum", 10)]
    [InlineData("avg", 2.5)]
    [InlineData("min", 1)]
    [InlineData("max", 4)]
    [InlineData("count", 4)]
    [InlineData("p50", 2.5)]
    [InlineData("p75", 3.25)]
    [InlineData("p999", 3.997)]
    [InlineData("last", 2)]
    public void Methods_make_one_value(string name, double expected)
    {
        Assert.True(Aggregator.TryParse(name, out Aggregator? method));
        Assert.Equal(expected, method.Of([4, 1, 3, 2]), 9);
    }
}
