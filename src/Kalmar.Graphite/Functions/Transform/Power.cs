namespace Kalmar.Graphite.Functions.Transform;

/// <summary>Powers that are missing where there is no finite real number.</summary>
internal static class Power
{
    /// <summary>The value to the power of the exponent.</summary>
    public static double Of(double value, double exponent)
    {
        // Missing stays missing: 1 to the power of anything and anything to the power of 0 would be 1.
        if (double.IsNaN(value) || double.IsNaN(exponent)) return double.NaN;
        var power = exponent switch { -1 => 1 / value, 0.5 => Math.Sqrt(value), _ => Math.Pow(value, exponent) };
        return double.IsInfinity(power) && double.IsFinite(value) && double.IsFinite(exponent) ? double.NaN : power;
    }
}
