namespace Kalmar.Graphite.Functions;

/// <summary>Rounds to decimals, halves to even, as Python does.</summary>
internal static class Rounding
{
    /// <summary>The value with that many decimals; negative ones round to tens, hundreds, ….</summary>
    public static double Round(double value, int decimals)
    {
        if (double.IsNaN(value) || double.IsInfinity(value) || decimals > 22) return value;
        if (decimals is >= 0 and <= 15 && Math.Abs(value) < 1e15) return Math.Round(value, decimals);
        if (decimals >= 0) return value;
        if (decimals < -308) return 0;
        var unit = Math.Pow(10, -decimals);
        return Math.Round(value / unit) * unit;
    }
}
