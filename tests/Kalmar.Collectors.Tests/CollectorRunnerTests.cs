namespace Kalmar.Collectors.Tests;

public sealed class CollectorRunnerTests
{
    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_003));
    private readonly ListSink _sink = new();

    [Fact]
    public async Task Start_runs_at_whole_multiples_of_the_interval()
    {
        Scripted collector = new("a", 10, _sink);
        await using CollectorRunner runner = new([collector], _sink, _time);
        runner.Start();
        runner.Start();
        await Go(6);
        Assert.Equal(0, collector.Runs);
        await Go(1, collector, 1);
        await Go(10, collector, 2);
        await Go(10, collector, 3);
        Assert.Equal([1_800_000_010, 1_800_000_020, 1_800_000_030], _sink.Samples.Select(sample => sample.Time));
        CollectorState state = await StateAfter(runner, 3);
        Assert.Equal(3, state.Points);
        Assert.Equal(1, state.LastPoints);
        Assert.Equal(0, state.Failures);
        Assert.Equal(0, state.Overruns);
        Assert.Null(state.LastError);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_800_000_030), state.LastRun);
    }

    [Fact]
    public async Task Failing_and_hanging_collectors_delay_no_other()
    {
        Scripted good = new("good", 10, _sink);
        Scripted bad = new("bad", 10, _sink) { Body = _ => throw new InvalidOperationException("broken") };
        Scripted known = new("known", 10, _sink) { Body = _ => throw new CollectorException("/proc/x is gone") };
        Scripted slow = new("slow", 10, _sink) { Body = token => Task.Delay(Timeout.Infinite, token) };
        await using CollectorRunner runner = new([bad, slow, known, good], _sink, _time, new CollectorRunnerOptions { RunTimeout = TimeSpan.FromHours(1) });
        runner.Start();
        for (int turn = 1; turn <= 3; turn++)
        {
            await Go(turn == 1 ? 7 : 10, good, turn, idle: turn == 1 ? 4 : 3);
        }

        await StateAfter(runner, 3, 0);
        await StateAfter(runner, 3, 2);
        await StateAfter(runner, 3, 3);
        IReadOnlyList<CollectorState> states = runner.States;
        Assert.Equal("bad: InvalidOperationException: broken", states[0].LastError);
        Assert.Equal(3, states[0].Failures);
        Assert.True(states[1].IsRunning);
        Assert.Equal("/proc/x is gone", states[2].LastError);
        Assert.Null(states[3].LastError);
        Assert.Equal(1, slow.Runs);
    }

    [Fact]
    public async Task Slow_run_is_cancelled_and_its_missed_turns_are_counted()
    {
        Scripted slow = new("slow", 10, _sink) { Body = token => Task.Delay(Timeout.Infinite, token) };
        await using CollectorRunner runner = new([slow], _sink, _time);
        runner.Start();
        await Go(7, slow, 1);
        _time.Advance(TimeSpan.FromSeconds(30));
        CollectorState state = await StateAfter(runner, 1);
        Assert.Equal("slow: gave up after 30 s; its source does not answer in time", state.LastError);
        Assert.Equal(3, state.Overruns);
        slow.Body = null;
        await Go(10, slow, 2);
        Assert.Null((await StateAfter(runner, 2)).LastError);
        Assert.Equal([1_800_000_050L], _sink.Samples.Select(sample => sample.Time));
    }

    [Fact]
    public async Task Values_that_are_no_numbers_are_kept_out_and_counted()
    {
        Scripted collector = new("a", 10, _sink) { Value = double.NaN };
        await using CollectorRunner runner = new([collector], _sink, _time);
        await runner.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_sink.Samples);
        Assert.Equal(1, runner.States[0].NotFinite);
        Assert.Equal(0, runner.States[0].Points);
    }

    [Fact]
    public async Task Clock_set_back_is_followed()
    {
        Scripted collector = new("a", 10, _sink);
        await using CollectorRunner runner = new([collector], _sink, _time);
        runner.Start();
        await Go(7, collector, 1);
        await StateAfter(runner, 1);
        await _time.WaitForTimersAsync(1, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        _time.SetWallClock(DateTimeOffset.FromUnixTimeSeconds(1_799_000_000));
        await Go(10);
        await Go(10, collector, 2);
        Assert.InRange(_sink.Samples[^1].Time, 1_799_000_000, 1_799_000_020);
        Assert.Equal(0, _sink.Samples[^1].Time % 10);
    }

    [Fact]
    public async Task RunOnceAsync_runs_each_once_with_the_slot_it_is_in()
    {
        Scripted collector = new("a", 10, _sink);
        await using CollectorRunner runner = new([collector], _sink, _time);
        await runner.RunOnceAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1_800_000_000L], _sink.Samples.Select(sample => sample.Time));
    }

    [Fact]
    public async Task DisposeAsync_ends_what_runs_and_can_be_called_twice()
    {
        Scripted slow = new("slow", 10, _sink) { Body = token => Task.Delay(Timeout.Infinite, token) };
        CollectorRunner runner = new([slow], _sink, _time);
        runner.Start();
        await Go(7, slow, 1);
        await runner.DisposeAsync();
        await runner.DisposeAsync();
        Assert.False(runner.States[0].IsRunning);
        Assert.Null(runner.States[0].LastError);
        Assert.Throws<ObjectDisposedException>(runner.Start);
    }

    [Fact]
    public async Task DisposeAsync_does_not_wait_for_ever_for_a_run_that_heeds_nothing()
    {
        TaskCompletionSource never = new();
        Scripted stuck = new("stuck", 10, _sink) { Body = _ => never.Task };
        CollectorRunner runner = new([stuck], _sink, _time);
        runner.Start();
        await Go(7, stuck, 1);
        Task dispose = runner.DisposeAsync().AsTask();
        while (!dispose.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Contains("still running", runner.States[0].LastError, StringComparison.Ordinal);
        never.SetResult();
    }

    [Fact]
    public void Constructor_refuses_two_of_a_name_and_intervals_below_a_second()
    {
        Assert.Throws<ArgumentException>(() => new CollectorRunner([new Scripted("a", 10, _sink), new Scripted("a", 20, _sink)], _sink, _time));
        Assert.Throws<ArgumentException>(() => new CollectorRunner([new Scripted("a", 0.5, _sink)], _sink, _time));
    }

    /// <summary>Waits until all loops that are idle wait for their next turn, lets time go by, and waits for a collector's run to begin.</summary>
    private async Task Go(double seconds, Scripted? until = null, int runs = 0, int idle = 1)
    {
        await _time.WaitForTimersAsync(idle, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        while (until is not null && until.Runs < runs)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<CollectorState> StateAfter(CollectorRunner runner, int runs, int index = 0)
    {
        while (runner.States[index].Runs < runs)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return runner.States[index];
    }

    private sealed class Scripted(string name, double seconds, IMetricSink direct) : ICollector
    {
        private int _runs;

        public string Name => name;

        public TimeSpan Interval => TimeSpan.FromSeconds(seconds);

        public int Runs => Volatile.Read(ref _runs);

        public double Value { get; init; } = 1;

        public Func<CancellationToken, Task>? Body { get; set; }

        public async Task CollectAsync(IMetricSink sink, DateTimeOffset time, CancellationToken cancellationToken)
        {
            Assert.NotSame(direct, sink);
            Interlocked.Increment(ref _runs);
            if (Body is { } body)
            {
                await body(cancellationToken);
            }

            sink.Publish(name, time.ToUnixTimeSeconds(), Value);
        }
    }
}
