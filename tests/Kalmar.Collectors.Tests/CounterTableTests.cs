namespace Kalmar.Collectors.Tests;

public sealed class CounterTableTests
{
    private readonly ManualTime _time = new();
    private readonly CounterTable _table;

    public CounterTableTests() => _table = new CounterTable(_time);

    [Fact]
    public void TryRate_first_value_gives_none()
    {
        _table.Begin();
        Assert.False(_table.TryRate("a", 5, out _));
    }

    [Fact]
    public void TryRate_divides_by_the_time_that_really_went_by()
    {
        Read("a", 100);
        _time.Advance(TimeSpan.FromSeconds(12.5));
        Assert.Equal(8.0, Read("a", 200));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0.0, Read("a", 200));
    }

    [Fact]
    public void TryRate_no_time_gone_by_gives_none()
    {
        Read("a", 100);
        Assert.Null(Read("a", 200));
    }

    [Fact]
    public void TryDelta_32_bit_counter_goes_round()
    {
        _table.Begin();
        _table.TryDelta("a", uint.MaxValue - 9, out _, wraps32: true);
        _table.Begin();
        Assert.True(_table.TryDelta("a", 15, out double delta, wraps32: true));
        Assert.Equal(25, delta);
    }

    [Theory]
    [InlineData(1_000_000_000UL, 5UL, true)]
    [InlineData(4_294_967_000UL, 5UL, false)]
    [InlineData(ulong.MaxValue, 5UL, false)]
    [InlineData(ulong.MaxValue, 5UL, true)]
    public void TryDelta_smaller_value_is_a_reset_and_gives_none(ulong before, ulong after, bool wraps32)
    {
        _table.Begin();
        _table.TryDelta("a", before, out _, wraps32);
        _table.Begin();
        Assert.False(_table.TryDelta("a", after, out double delta, wraps32));
        Assert.Equal(0, delta);
        _table.Begin();
        Assert.True(_table.TryDelta("a", after + 7, out delta, wraps32));
        Assert.Equal(7, delta);
    }

    [Fact]
    public void Begin_forgets_what_the_last_reading_did_not_have()
    {
        Read("gone", 100);
        _time.Advance(TimeSpan.FromSeconds(10));
        Read("a", 1);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(Read("gone", 200));
        _table.Begin();
        Assert.Equal(1, _table.Count);
    }

    private double? Read(string key, ulong value)
    {
        _table.Begin();
        return _table.TryRate(key, value, out double rate) ? rate : null;
    }
}
