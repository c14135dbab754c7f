using System.Globalization;
using System.Text;
using Kalmar.Carbon.Receivers;

namespace Kalmar.Carbon.Tests.Receivers;

public sealed class LineParserTests
{
    [Theory]
    [InlineData("a.b 1 100", "a.b", 1, 100)]
    [InlineData("a.b 1.25 100\r", "a.b", 1.25, 100)]
    [InlineData("  a.b\t-0.5   100.9 ", "a.b", -0.5, 100.9)]
    [InlineData("a 1e3 1700000000", "a", 1000, 1700000000)]
    [InlineData("a 123456789012345678 -1", "a", 123456789012345678, -1)]
    [InlineData("a .5 5.", "a", 0.5, 5)]
    [InlineData("a +3 7", "a", 3, 7)]
    [InlineData("a -0 7\r", "a", 0, 7)]
    [InlineData("a\u0001b 1 7", "a\u0001b", 1, 7)]
    [InlineData("a 123456789012345.5 999999999999999", "a", 123456789012345.5, 999999999999999)]
    [InlineData("a 1 7 \r", "a", 1, 7)]
    public void Lines_are_read_as_carbon_reads_them(string line, string name, double value, double time)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        Assert.True(LineParser.TryParse(bytes, out Range where, out _, out double readValue, out double readTime));
        Assert.Equal(name, Encoding.UTF8.GetString(bytes.AsSpan(where)));
        Assert.Equal((value, time), (readValue, readTime));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a 1")]
    [InlineData("a 1 2 3")]
    [InlineData("a b 2")]
    [InlineData("a 1 b")]
    [InlineData("a 1..2 3")]
    [InlineData("a . 3")]
    [InlineData("a - 3")]
    [InlineData("a 0x10 3")]
    [InlineData("a\tb 7")]
    [InlineData(" 1 7")]
    [InlineData("a 1 7\r1")]
    [InlineData("a 1-2 7")]
    [InlineData("a 1 --7")]
    [InlineData("a 1 .")]
    public void Other_lines_are_refused(string line) =>
        Assert.False(LineParser.TryParse(Encoding.UTF8.GetBytes(line), out _, out _, out _, out _));

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("1e400", double.PositiveInfinity)]
    public void Numbers_that_are_no_measurements_are_told_apart(string text, double expected)
    {
        Assert.True(LineParser.TryNumber(Encoding.UTF8.GetBytes(text), out double number));
        Assert.Equal(expected, number);
    }

    [Fact]
    public void Plain_numbers_round_as_the_general_reader_does()
    {
        var random = new Random(5);
        for (int i = 0; i < 200_000; i++)
        {
            string text = (random.Next(2) == 0 ? "-" : "") + random.NextInt64(0, (long)Math.Pow(10, random.Next(1, 12))).ToString(CultureInfo.InvariantCulture)
                + "." + random.NextInt64(0, 1_000_000).ToString(CultureInfo.InvariantCulture);
            Assert.True(LineParser.TryNumber(Encoding.UTF8.GetBytes(text), out double number));
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), number);
        }
    }
}
