using Kalmar.Server.Views;

namespace Kalmar.Server.Tests.Views;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1_048_575, "1 MiB")]
    [InlineData(10_737_418_240, "10 GiB")]
    [InlineData(13_300_000_000_000, "12.1 TiB")]
    [InlineData(-2048, "-2 KiB")]
    [InlineData(9.2e18, "7.98 EiB")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Bytes_are_in_powers_of_1024(double bytes, string text) => Assert.Equal(text, Quantity.Bytes(bytes));

    [Theory]
    [InlineData(0, "0/s")]
    [InlineData(0.25, "0.25/s")]
    [InlineData(312.4, "312/s")]
    [InlineData(999.7, "1k/s")]
    [InlineData(12_345, "12.3k/s")]
    public void Rates_are_in_powers_of_1000(double rate, string text) => Assert.Equal(text, Quantity.PerSecond(rate));

    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(68, "1 min 8 s")]
    [InlineData(605, "10 min")]
    [InlineData(3600, "1 h")]
    [InlineData(3660, "1 h 1 min")]
    [InlineData(86_400, "1 d")]
    [InlineData(100_000, "1 d 3 h")]
    public void Durations_have_two_parts_at_most(double seconds, string text) => Assert.Equal(text, Quantity.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_is_not_known_is_a_dash()
    {
        Assert.Equal("–", Quantity.Bytes(null));
        Assert.Equal("–", Quantity.Percent(null));
        Assert.Equal("–", Quantity.Count(null));
        Assert.Equal("–", Quantity.BytesPerSecond(null));
        Assert.Equal("–", Quantity.Weight(null));
    }

    [Fact]
    public void Counts_are_grouped_and_agree_with_their_noun()
    {
        Assert.Equal("1 OSD", Quantity.Of(1, "OSD"));
        Assert.Equal("0 OSDs", Quantity.Of(0, "OSD"));
        Assert.Equal("1\u202f234\u202f567 OSDs", Quantity.Of(1_234_567, "OSD"));
    }
}
