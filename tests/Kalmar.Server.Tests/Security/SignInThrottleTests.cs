using System.Net;
using Kalmar.Server.Security;
using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests.Security;

public sealed class SignInThrottleTests
{
    private static readonly IPAddress Near = IPAddress.Parse("192.0.2.7");
    private readonly ManualTime _time = new(Samples.Start);

    [Fact]
    public void Waits_double_after_three_failures_and_end_in_a_lock()
    {
        SignInThrottle throttle = new(_time);
        List<double> waits = [];
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(TimeSpan.Zero, throttle.Begin("admin", null));
            TimeSpan wait = throttle.Begin("admin", null);
            waits.Add(wait.TotalSeconds);
            if (wait == TimeSpan.Zero)
            {
                throttle.Withdraw("admin", null);
            }

            _time.Advance(wait);
        }

        Assert.Equal([0, 0, 0, 1, 2, 4, 8, 16, 30, 300], waits);
    }

    [Fact]
    public void Attempts_side_by_side_count_before_their_outcome_is_known()
    {
        SignInThrottle throttle = new(_time);
        int let = Enumerable.Range(0, 50).Count(_ => throttle.Begin("admin", null) == TimeSpan.Zero);
        Assert.Equal(4, let);
    }

    [Fact]
    public void Success_starts_the_name_afresh()
    {
        SignInThrottle throttle = new(_time);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(TimeSpan.Zero, throttle.Begin("admin", Near));
            throttle.Succeeded("admin", Near);
        }
    }

    [Fact]
    public void Names_differ_not_by_case_or_space_and_unknown_names_are_slowed_too()
    {
        SignInThrottle throttle = new(_time);
        foreach (string name in (string[])["nobody", "NOBODY", " nobody ", "Nobody"])
        {
            throttle.Begin(name, null);
        }

        Assert.True(throttle.Begin("nobody", null) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, throttle.Begin("somebody", null));
    }

    [Fact]
    public void Address_that_tries_many_names_is_slowed_and_others_are_not()
    {
        SignInThrottle throttle = new(_time);
        int let = Enumerable.Range(0, 100).Count(i => throttle.Begin($"name{i}", Near) == TimeSpan.Zero);
        Assert.Equal(21, let);
        Assert.Equal(TimeSpan.Zero, throttle.Begin("other", IPAddress.Parse("192.0.2.8")));
        Assert.Equal(TimeSpan.Zero, throttle.Begin("other2", IPAddress.Loopback));
        Assert.True(throttle.Begin("other3", Near.MapToIPv6()) > TimeSpan.Zero);
    }

    [Fact]
    public void Addresses_of_one_IPv6_network_are_one()
    {
        SignInThrottle throttle = new(_time);
        int let = Enumerable.Range(0, 100).Count(i => throttle.Begin($"name{i}", IPAddress.Parse($"2001:db8:1:2::{i:x}")) == TimeSpan.Zero);
        Assert.Equal(21, let);
    }

    [Fact]
    public void Failures_are_forgotten_after_a_quarter_of_an_hour()
    {
        SignInThrottle throttle = new(_time);
        for (int i = 0; i < 4; i++)
        {
            throttle.Begin("admin", null);
        }

        _time.Advance(TimeSpan.FromMinutes(16));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.Zero, throttle.Begin("admin", null));
        }

        Assert.Equal(TimeSpan.Zero, throttle.Begin("admin", null));
        Assert.True(throttle.Begin("admin", null) > TimeSpan.Zero);
    }

    [Fact]
    public void Table_that_is_full_makes_new_keys_wait_and_keeps_the_old_ones()
    {
        FailureTable table = new(free: 3, lockAt: 10, TimeSpan.FromMinutes(5), capacity: 100);
        DateTimeOffset now = _time.GetUtcNow();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(TimeSpan.Zero, table.Wait($"k{i}", now));
            table.Add($"k{i}", now);
        }

        Assert.True(table.Wait("new", now) > TimeSpan.Zero);
        Assert.Equal(100, table.Count);
        Assert.Equal(TimeSpan.Zero, table.Wait("new", now.AddMinutes(20)));
        Assert.Equal(0, table.Count);
    }
}
