using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Tests.Text;

public sealed class FloatWriterTests
{
    // Right-hand sides were printed by Python 3.11.
    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1.0, "1.0")]
    [InlineData(-17.0, "-17.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(12.34, "12.34")]
    [InlineData(-12.3456, "-12.3456")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1.5e-7, "1.5e-07")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1.2345678901234568e17, "1.2345678901234568e+17")]
    [InlineData(1234567890123456.7, "1234567890123456.8")]
    [InlineData(-1.5e16, "-1.5e+16")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e300, "1e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(100.0 / 3, "33.333333333333336")]
    [InlineData(123456.789012, "123456.789012")]
    public void Number_is_written_as_Python_does(double value, string expected) => Assert.Equal(expected, PythonText.Repr(value));

    [Fact]
    public void Random_numbers_read_back_as_themselves()
    {
        var random = new Random(7);
        for (var i = 0; i < 50_000; i++)
        {
            var value = (i % 4) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => random.NextDouble() * 100,
                2 => Math.Round(random.NextDouble() * 10_000, random.Next(0, 8)),
                _ => random.Next(),
            };
            if (double.IsNaN(value)) continue;
            var text = PythonText.Repr(value);
            if (double.IsInfinity(value)) continue;
            Assert.Equal(value, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(text.Length <= value.ToString("R", System.Globalization.CultureInfo.InvariantCulture).Length + 14, text);
        }
    }

    [Theory]
    [InlineData(2, "2")]
    [InlineData(0.5, "0.5")]
    [InlineData(1234567, "1.23457e+06")]
    [InlineData(123456, "123456")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(-3.14159265, "-3.14159")]
    [InlineData(99.99999999, "100")]
    [InlineData(1e100, "1e+100")]
    public void Six_digits_are_kept(double value, string expected) => Assert.Equal(expected, PythonText.G(value));
}
