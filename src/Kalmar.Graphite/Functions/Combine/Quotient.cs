using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions.Combine;

/// <summary>One series divided by another; missing where the divisor is 0 or missing.</summary>
internal static class Quotient
{
    /// <summary>Divides at the common step.</summary>
    public static Series Of(RenderContext context, Series dividend, Series divisor)
    {
        var normal = Normalized.Of([dividend, divisor])!;
        var values = Of(dividend.Points(), divisor.Points());
        return new Series($"divideSeries({dividend.Name},{divisor.Name})", normal.Start, normal.End, normal.Step, values) { XFilesFactor = context.XFilesFactor };
    }

    /// <summary>Divides value by value.</summary>
    public static double[] Of(double[] dividend, double[] divisor)
    {
        var values = new double[Math.Max(dividend.Length, divisor.Length)];
        for (var i = 0; i < values.Length; i++)
            values[i] = i < dividend.Length && i < divisor.Length && divisor[i] != 0 ? dividend[i] / divisor[i] : double.NaN;
        return values;
    }
}
