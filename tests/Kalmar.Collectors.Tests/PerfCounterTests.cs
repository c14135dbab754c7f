using System.Text;
using Kalmar.Collectors.Daemons;

namespace Kalmar.Collectors.Tests;

public sealed class PerfCounterTests
{
    private const string Osd0 = "ceph.cluster.f.osd.0.";
    private static readonly DateTimeOffset s_time = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private readonly ManualTime _clock = new();
    private readonly ListSink _sink = new();

    [Theory]
    [InlineData("osd.0", 624, 131)]
    [InlineData("mon.a", 265, 98)]
    [InlineData("mgr.x", 559, 14)]
    public void Schema_of_a_real_daemon_is_read(string daemon, int counters, int useful)
    {
        PerfCounterSchema schema = PerfCounterSchema.Parse(TestData.Ceph(daemon + ".perf-schema.json"), daemon);
        Assert.Equal(counters, schema.Count);
        Assert.Equal(useful, schema.Counters.Count(counter => counter.Priority >= 5));
    }

    [Fact]
    public void Schema_definition_has_all_its_parts()
    {
        PerfCounterDefinition latency = Schema("osd.0").Find("bluestore", "commit_lat")!;
        Assert.Equal(PerfCounterType.Time | PerfCounterType.LongRunAverage, latency.Type);
        Assert.Equal(10, latency.Priority);
        Assert.Equal("c_l", latency.Nick);
        Assert.Equal("none", latency.Units);
        Assert.Equal("bytes", Schema("osd.0").Find("bluefs", "log_bytes")!.Units);
        Assert.Null(Schema("osd.0").Find("bluefs", "nonsense"));
        Assert.Null(Schema("osd.0").Find("nonsense", "log_bytes"));
    }

    [Fact]
    public void Flatten_real_osd_twice_gives_rates_averages_and_gauges()
    {
        PerfCounterFlattener flattener = Flattener("osd.0");
        PerfFlattenResult first = Flatten(flattener, TestData.Ceph("osd.0.perf-dump.json"));
        Assert.Equal(0, first.Unknown);
        Assert.Equal(0, first.Mismatched);
        Assert.Equal(78, first.Points);
        Assert.Equal(78, _sink.Count);
        Assert.Equal(4294967296, _sink[Osd0 + "bluefs.db_total_bytes"]);
        Assert.False(_sink.Has(Osd0 + "osd.op_w"));

        _sink.Clear();
        _clock.Advance(TimeSpan.FromSeconds(8));
        PerfFlattenResult second = Flatten(flattener, TestData.Ceph("osd.0.perf-dump.2.json"));
        Assert.Equal(_sink.Count, second.Points);
        Assert.All(_sink.Samples, sample => Assert.Equal(s_time.ToUnixTimeSeconds(), sample.Time));

        // Worked out from the two files: every counter and average that is useful, by another way than the flattener's.
        IReadOnlyDictionary<string, double> expected = PerfOracle.Expected(
            TestData.Ceph("osd.0.perf-schema.json"), TestData.Ceph("osd.0.perf-dump.json"), TestData.Ceph("osd.0.perf-dump.2.json"), 8);
        Assert.Equal(expected.Keys.Select(key => Osd0 + key).Order(StringComparer.Ordinal), _sink.Paths);
        foreach ((string key, double value) in expected)
        {
            Assert.Equal(value, _sink[Osd0 + key], 9);
        }
    }

    [Theory]
    [InlineData("mon.a", "mon.num_sessions", 7)]
    [InlineData("mgr.x", "objecter.op_active", 0)]
    public void Flatten_other_daemons_first_dump_gives_gauges(string daemon, string path, double value)
    {
        PerfCounterFlattener flattener = Flattener(daemon);
        Flatten(flattener, TestData.Ceph(daemon + ".perf-dump.json"));
        Assert.Equal(value, _sink[$"ceph.cluster.f.{daemon}.{path}"]);
    }

    [Fact]
    public void Flatten_sections_called_after_an_address_are_left_out()
    {
        PerfCounterFlattener flattener = Flattener("mgr.x", new PerfCounterOptions { All = true });
        Flatten(flattener, TestData.Ceph("mgr.x.perf-dump.json"));
        Assert.Contains(Schema("mgr.x").Counters, counter => counter.Section.StartsWith("objecter-0x", StringComparison.Ordinal));
        Assert.DoesNotContain(_sink.Paths, path => path.Contains("-0x", StringComparison.Ordinal));
        Assert.Contains(_sink.Paths, path => path.Contains(".finisher-Mgr.", StringComparison.Ordinal));
    }

    [Fact]
    public void Flatten_all_takes_every_priority()
    {
        PerfCounterFlattener flattener = Flattener("osd.0", new PerfCounterOptions { All = true });
        Flatten(flattener, TestData.Ceph("osd.0.perf-dump.json"));
        int gauges = Schema("osd.0").Counters.Count(counter => (counter.Type & (PerfCounterType.Counter | PerfCounterType.LongRunAverage)) == PerfCounterType.None);
        Assert.Equal(gauges, _sink.Count);
        Assert.True(_sink.Has(Osd0 + "AsyncMessenger::Worker-0.msgr_running_total_time"));
    }

    [Fact]
    public void Flatten_counter_and_average_by_hand()
    {
        PerfCounterFlattener flattener = Small();
        Small(flattener, ops: 100, count: 10, sum: 2.5);
        Assert.Equal(["d.osd.queue"], _sink.Paths);
        _sink.Clear();
        _clock.Advance(TimeSpan.FromSeconds(12.5));
        Small(flattener, ops: 150, count: 14, sum: 3.5);
        Assert.Equal(4, _sink["d.osd.op"]);
        Assert.Equal(0.25, _sink["d.osd.op_latency.last_interval_avg"]);
        Assert.Equal(7, _sink["d.osd.queue"]);
        Assert.Equal(3, _sink.Count);
    }

    [Fact]
    public void Flatten_restarted_daemon_gives_no_negative_spike()
    {
        PerfCounterFlattener flattener = Small();
        Small(flattener, 100_000, 1000, 250);
        _sink.Clear();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Small(flattener, 30, 3, 1);
        Assert.Equal(["d.osd.queue"], _sink.Paths);
        _sink.Clear();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Small(flattener, 50, 5, 2);
        Assert.Equal(2, _sink["d.osd.op"]);
        Assert.Equal(0.5, _sink["d.osd.op_latency.last_interval_avg"]);
    }

    [Fact]
    public void Flatten_idle_average_has_no_point_unless_zero_is_asked_for()
    {
        foreach ((bool zero, bool expected) in new[] { (false, false), (true, true) })
        {
            PerfCounterFlattener flattener = Small(new PerfCounterOptions { IdleAveragesAsZero = zero });
            Small(flattener, 1, 10, 2.5);
            _clock.Advance(TimeSpan.FromSeconds(10));
            _sink.Clear();
            Small(flattener, 1, 10, 2.5);
            Assert.Equal(expected, _sink.Has("d.osd.op_latency.last_interval_avg"));
            Assert.Equal(0, _sink["d.osd.op"]);
        }
    }

    [Fact]
    public void Flatten_long_running_detail_adds_sum_and_count()
    {
        PerfCounterFlattener flattener = Small(new PerfCounterOptions { LongRunningDetail = true });
        Small(flattener, 1, 10, 2.5);
        Assert.Equal(2.5, _sink["d.osd.op_latency.sum"]);
        Assert.Equal(10, _sink["d.osd.op_latency.count"]);
    }

    [Fact]
    public void Flatten_counter_beyond_53_bits_keeps_its_growth()
    {
        PerfCounterFlattener flattener = Small();
        Small(flattener, (1UL << 60) + 1, 1, 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _sink.Clear();
        Small(flattener, (1UL << 60) + 4, 1, 1);
        Assert.Equal(3, _sink["d.osd.op"]);
    }

    [Fact]
    public void Flatten_old_time_as_text_is_seconds()
    {
        PerfCounterSchema schema = PerfCounterSchema.Parse("""{"s":{"t":{"type":1,"priority":5}}}"""u8, "d");
        PerfCounterFlattener flattener = new("d", "d", schema, _clock);
        Flatten(flattener, """{"s":{"t":"12.000000345"}}"""u8.ToArray());
        Assert.Equal(12.000000345, _sink["d.s.t"]);
    }

    [Fact]
    public void Flatten_histogram_is_skipped()
    {
        PerfCounterSchema schema = PerfCounterSchema.Parse("""{"s":{"h":{"type":18,"priority":10},"g":{"type":2,"priority":10}}}"""u8, "d");
        PerfCounterFlattener flattener = new("d", "d", schema, _clock, new PerfCounterOptions { All = true });
        PerfFlattenResult result = Flatten(flattener, """{"s":{"h":{"axes":[{"ranges":[{"min":0}]}],"values":[[1,2],[3]]},"g":4}}"""u8.ToArray());
        Assert.Equal(new PerfFlattenResult(1, 0, 0), result);
        Assert.Equal(["d.s.g"], _sink.Paths);
    }

    [Fact]
    public void Flatten_name_that_comes_twice_counts_once()
    {
        PerfCounterFlattener flattener = Small();
        Flatten(flattener, """{"osd":{"queue":1,"queue":2,"op":5,"op":500}}"""u8.ToArray());
        Assert.Equal(1, _sink["d.osd.queue"]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Flatten(flattener, """{"osd":{"op":7,"op":900}}"""u8.ToArray());
        Assert.Equal(2, _sink["d.osd.op"]);
    }

    [Fact]
    public void Flatten_what_the_schema_does_not_promise_is_counted_and_left_out()
    {
        PerfCounterFlattener flattener = Small();
        PerfFlattenResult result = Flatten(
            flattener, """{"osd":{"op":{"avgcount":1},"op_latency":5,"queue":[1],"fresh":1},"new":{"a":1,"b":{"c":[]}}}"""u8.ToArray());
        Assert.Equal(new PerfFlattenResult(0, 3, 3), result);
        Assert.Equal(1, Flatten(flattener, """{"osd":{"op":1,"op_latency":{"sum":"x"},"queue":1}}"""u8.ToArray()).Mismatched);
    }

    [Fact]
    public void UseSchema_keeps_what_known_counters_remember()
    {
        PerfCounterFlattener flattener = Small();
        Small(flattener, 100, 1, 1);
        flattener.UseSchema(PerfCounterSchema.Parse(Encoding.UTF8.GetBytes(SmallSchema.Replace("\"queue\"", "\"line\"", StringComparison.Ordinal)), "d"));
        _clock.Advance(TimeSpan.FromSeconds(10));
        _sink.Clear();
        Small(flattener, 200, 2, 3);
        Assert.Equal(10, _sink["d.osd.op"]);
        Assert.Equal(2, _sink["d.osd.op_latency.last_interval_avg"]);
        Assert.False(_sink.Has("d.osd.queue"));
    }

    [Fact]
    public void Flatten_odd_names_stay_in_the_daemons_branch()
    {
        PerfCounterSchema schema = PerfCounterSchema.Parse("""{"../x.y":{"a/../b c":{"type":2,"priority":5}}}"""u8, "d");
        Flatten(new PerfCounterFlattener("d", "d", schema, _clock), """{"../x.y":{"a/../b c":1}}"""u8.ToArray());
        Assert.Equal(["d.___x_y.a____b_c"], _sink.Paths);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "expected an object")]
    [InlineData("{\"osd\":5}", "expected an object")]
    [InlineData("{\"osd\":{\"op\":1}", "not JSON")]
    [InlineData("{\"osd\":{\"op\":1}} x", "not JSON")]
    [InlineData("{\"osd\":{\"op\":}}", "not JSON")]
    [InlineData("{\"osd\":{\"unknown\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}}", "not JSON")]
    [InlineData("{\"\\ud800\":{}}", "not JSON")]
    public void Flatten_malformed_dump_is_refused_and_publishes_nothing(string dump, string expected)
    {
        CollectorException error = Assert.Throws<CollectorException>(() => Flatten(Small(), Encoding.UTF8.GetBytes(dump)));
        Assert.StartsWith("osd.9: perf dump ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(_sink.Samples);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[1]", "expected an object")]
    [InlineData("{\"osd\":{\"op\":{\"priority\":5}}}", "no type for counter osd.op")]
    [InlineData("{\"osd\":{\"op\":{\"type\":\"ten\"}}}", "no type for counter osd.op")]
    [InlineData("{\"osd\":{\"op\":7}}", "expected an object")]
    public void Schema_malformed_is_refused(string schema, string expected)
    {
        CollectorException error = Assert.Throws<CollectorException>(() => PerfCounterSchema.Parse(Encoding.UTF8.GetBytes(schema), "osd.9"));
        Assert.StartsWith("osd.9: perf schema ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_of_a_real_dump_is_refused()
    {
        PerfCounterFlattener flattener = Flattener("osd.0");
        byte[] dump = TestData.Ceph("osd.0.perf-dump.json").AsSpan().TrimEnd((byte)'\n').ToArray();
        for (int length = 0; length < dump.Length; length += length < 1000 ? 1 : 97)
        {
            byte[] cut = dump[..length];
            Assert.Throws<CollectorException>(() => Flatten(flattener, cut));
        }

        Assert.Empty(_sink.Samples);
    }

    [Fact]
    public void Giant_names_and_answers_are_refused()
    {
        string giant = new('x', 201);
        Assert.Contains("name of 201 bytes", Refused("{\"" + giant + "\":{}}"), StringComparison.Ordinal);
        Assert.Contains("name of 201 bytes", Refused("{\"osd\":{\"" + giant + "\":1}}"), StringComparison.Ordinal);
        Assert.Contains("more than 3 counters", Refused("""{"osd":{"a":1,"b":1,"c":1,"d":1}}""", new PerfCounterOptions { MaxCounters = 3 }), StringComparison.Ordinal);
        Assert.Contains("the limit is 10", Refused("""{"osd":{"a":1}}""", new PerfCounterOptions { MaxJsonBytes = 10 }), StringComparison.Ordinal);
        Assert.Contains(
            "name of 201 bytes",
            Assert.Throws<CollectorException>(() => PerfCounterSchema.Parse(Encoding.UTF8.GetBytes("{\"" + giant + "\":{}}"), "d")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "more than 3 counters",
            Assert.Throws<CollectorException>(() => PerfCounterSchema.Parse(TestData.Ceph("mon.a.perf-schema.json"), "d", new PerfCounterOptions { MaxCounters = 3 })).Message,
            StringComparison.Ordinal);
    }

    private const string SmallSchema = """
        {"osd":{"op":{"type":10,"priority":10},"op_latency":{"type":5,"priority":8},"queue":{"type":2,"priority":5},"dull":{"type":10,"priority":4}}}
        """;

    private static PerfCounterSchema Schema(string daemon) => PerfCounterSchema.Parse(TestData.Ceph(daemon + ".perf-schema.json"), daemon);

    private PerfCounterFlattener Flattener(string daemon, PerfCounterOptions? options = null) =>
        new("ceph.cluster.f." + daemon, daemon, Schema(daemon), _clock, options);

    private PerfCounterFlattener Small(PerfCounterOptions? options = null) =>
        new("d", "osd.9", PerfCounterSchema.Parse(Encoding.UTF8.GetBytes(SmallSchema), "osd.9"), _clock, options);

    private void Small(PerfCounterFlattener flattener, ulong ops, ulong count, double sum) => Flatten(flattener, Encoding.UTF8.GetBytes(
        FormattableString.Invariant($$$"""{"osd":{"op":{{{ops}}},"op_latency":{"avgcount":{{{count}}},"sum":{{{sum}}},"avgtime":0.1},"queue":7,"dull":1}}""")));

    private string Refused(string dump, PerfCounterOptions? options = null)
    {
        PerfCounterFlattener flattener = new("d", "osd.9", PerfCounterSchema.Parse("""{"osd":{}}"""u8, "osd.9"), _clock, options);
        return Assert.Throws<CollectorException>(() => Flatten(flattener, Encoding.UTF8.GetBytes(dump))).Message;
    }

    private PerfFlattenResult Flatten(PerfCounterFlattener flattener, byte[] dump) => flattener.Flatten(dump, _clock.GetTimestamp(), s_time, _sink);
}
