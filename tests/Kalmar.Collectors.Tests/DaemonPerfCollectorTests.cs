using System.Text;
using Kalmar.Collectors.Daemons;
using Kalmar.Wire;

namespace Kalmar.Collectors.Tests;

public sealed class DaemonPerfCollectorTests
{
    private readonly ManualTime _time = new();
    private readonly ListSink _sink = new();
    private readonly FakeDaemons _daemons = new();

    [Fact]
    public async Task CollectAsync_asks_for_the_schema_once_and_for_a_dump_each_time()
    {
        _daemons.Daemons = [FakeDaemons.Osd(0), new DaemonTarget(EntityType.Mon, "a", "1")];
        DaemonPerfCollector collector = Collector();
        await Turn(collector);
        Assert.Equal(["ceph.cluster.f.mon.a.osd.queue", "ceph.cluster.f.osd.0.osd.queue"], _sink.Paths);
        _daemons.Dump = Encoding.UTF8.GetBytes("""{"osd":{"op":150,"queue":8}}""");
        await Turn(collector);
        Assert.Equal(5, _sink["ceph.cluster.f.osd.0.osd.op"]);
        Assert.Equal(8, _sink["ceph.cluster.f.mon.a.osd.queue"]);
        Assert.Equal(1, _daemons.Times("osd.0 perf schema"));
        Assert.Equal(2, _daemons.Times("osd.0 perf dump"));
        Assert.Equal(["mon.a", "osd.0"], collector.Daemons.Select(state => state.Name));
        Assert.All(collector.Daemons, state => Assert.Equal(2, state.LastPoints));
    }

    [Fact]
    public async Task CollectAsync_new_incarnation_starts_anew()
    {
        _daemons.Daemons = [FakeDaemons.Osd(0)];
        DaemonPerfCollector collector = Collector();
        await Turn(collector);
        _daemons.Daemons = [FakeDaemons.Osd(0, "2")];
        _daemons.Dump = Encoding.UTF8.GetBytes("""{"osd":{"op":5000,"queue":8}}""");
        await Turn(collector);
        Assert.False(_sink.Has("ceph.cluster.f.osd.0.osd.op"));
        Assert.Equal(2, _daemons.Times("osd.0 perf schema"));
    }

    [Fact]
    public async Task CollectAsync_never_asks_more_at_once_than_told()
    {
        _daemons.Daemons = [.. Enumerable.Range(0, 60).Select(id => FakeDaemons.Osd(id))];
        foreach (DaemonTarget target in _daemons.Daemons)
        {
            _daemons.Trouble(target.Name, token => Task.Delay(2, token));
        }

        await Turn(Collector(new DaemonPerfOptions { Parallelism = 4 }));
        Assert.InRange(_daemons.MostAtOnce, 1, 4);
        Assert.Equal(60, _sink.Count);
    }

    [Fact]
    public async Task CollectAsync_dead_daemons_cost_only_their_own_error()
    {
        _daemons.Daemons = [.. Enumerable.Range(0, 4).Select(id => FakeDaemons.Osd(id))];
        _daemons.Trouble("osd.0", _ => Task.FromException(new CephConnectionException("connection refused by 127.0.0.1:6800")));
        _daemons.Trouble("osd.1", _ => Task.FromException(new NotSupportedException("no such thing")));
        _daemons.Trouble("osd.2", token => Task.Delay(Timeout.Infinite, token));
        DaemonPerfCollector collector = Collector();
        Task turn = collector.CollectAsync(_sink, _time.GetUtcNow(), TestContext.Current.CancellationToken);
        while (!_sink.Has("ceph.cluster.f.osd.3.osd.queue") || collector.Daemons.Count(state => state.LastError is not null) < 2)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        CollectorException error = await Assert.ThrowsAsync<CollectorException>(() => turn);
        Assert.StartsWith("3 of 4 daemons gave no counters: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("osd.0: connection refused by 127.0.0.1:6800", error.Message, StringComparison.Ordinal);
        Assert.Contains("osd.1: NotSupportedException: no such thing", error.Message, StringComparison.Ordinal);
        Assert.Contains("osd.2: no answer within 5 s", error.Message, StringComparison.Ordinal);
        Assert.Null(collector.Daemons.Single(state => state.Name == "osd.3").LastError);
        Assert.Equal(1, _sink.Count);
    }

    [Fact]
    public async Task CollectAsync_dead_daemon_is_asked_less_and_less_and_comes_back()
    {
        _daemons.Daemons = [FakeDaemons.Osd(0)];
        _daemons.Trouble("osd.0", _ => Task.FromException(new CephConnectionException("gone")));
        DaemonPerfCollector collector = Collector();
        List<int> turns = [];
        for (int turn = 0; turn < 25; turn++)
        {
            int before = _daemons.Asked.Count;
            await Assert.ThrowsAsync<CollectorException>(() => Turn(collector));
            if (_daemons.Asked.Count > before)
            {
                turns.Add(turn);
            }
        }

        Assert.Equal([0, 1, 3, 7, 13, 19], turns);
        _daemons.Trouble("osd.0", null);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Turn(collector);
        Assert.Equal(0, collector.Daemons[0].FailuresInRow);
        Assert.Null(collector.Daemons[0].LastError);
        Assert.Equal(1, _sink.Count);
    }

    [Fact]
    public async Task CollectAsync_counters_that_the_schema_lacks_make_it_ask_again_but_not_at_each_turn()
    {
        _daemons.Daemons = [FakeDaemons.Osd(0)];
        _daemons.Dump = Encoding.UTF8.GetBytes("""{"osd":{"op":100,"queue":7},"new":{"x":1}}""");
        DaemonPerfCollector collector = Collector();
        for (int turn = 0; turn < 29; turn++)
        {
            await Turn(collector);
        }

        Assert.Equal(1, _daemons.Times("osd.0 perf schema"));
        _daemons.Schema = Encoding.UTF8.GetBytes("""{"osd":{"op":{"type":10,"priority":10}},"new":{"x":{"type":2,"priority":5}}}""");
        for (int turn = 0; turn < 4; turn++)
        {
            await Turn(collector);
        }

        Assert.Equal(2, _daemons.Times("osd.0 perf schema"));
        Assert.Equal(1, _sink["ceph.cluster.f.osd.0.new.x"]);
        Assert.Equal(0, _sink["ceph.cluster.f.osd.0.osd.op"]);
    }

    [Fact]
    public async Task CollectAsync_daemon_that_left_the_map_is_forgotten()
    {
        _daemons.Daemons = [FakeDaemons.Osd(0), FakeDaemons.Osd(1)];
        DaemonPerfCollector collector = Collector();
        await Turn(collector);
        _daemons.Daemons = [FakeDaemons.Osd(1)];
        await Turn(collector);
        Assert.Equal(["osd.1"], collector.Daemons.Select(state => state.Name));
    }

    [Fact]
    public async Task CollectAsync_cancelled_ends_at_once()
    {
        _daemons.Daemons = [FakeDaemons.Osd(0)];
        _daemons.Trouble("osd.0", token => Task.Delay(Timeout.Infinite, token));
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task turn = Collector().CollectAsync(_sink, _time.GetUtcNow(), cancel.Token);
        while (_daemons.Asked.IsEmpty)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);
    }

    [Fact]
    public async Task CollectAsync_odd_ids_stay_in_their_branch()
    {
        _daemons.Daemons = [new DaemonTarget(EntityType.Mds, "fs.host/../x", "1")];
        await Turn(Collector());
        Assert.Equal(["ceph.cluster.f.mds.fs_host____x.osd.queue"], _sink.Paths);
    }

    private DaemonPerfCollector Collector(DaemonPerfOptions? options = null) => new(_daemons, _daemons, "ceph.cluster.f", _time, options);

    private async Task Turn(DaemonPerfCollector collector)
    {
        _sink.Clear();
        _time.Advance(TimeSpan.FromSeconds(10));
        await collector.CollectAsync(_sink, _time.GetUtcNow(), TestContext.Current.CancellationToken);
    }
}
