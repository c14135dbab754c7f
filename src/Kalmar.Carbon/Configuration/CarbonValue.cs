using System.Globalization;

namespace Kalmar.Carbon.Configuration;

/// <summary>Values in Carbon's files.</summary>
internal static class CarbonValue
{
    /// <summary>Reads 1/yes/true/on and 0/no/false/off.</summary>
    /// <exception cref="CarbonConfigurationException">It is none of these.</exception>
    public static bool? Boolean(string? text, string where) => text?.ToLowerInvariant() switch
    {
        null => null,
        "1" or "yes" or "true" or "on" => true,
        "0" or "no" or "false" or "off" => false,
        _ => throw new CarbonConfigurationException($"{where}: '{text}' is neither True nor False"),
    };

    /// <summary>Reads a number, <c>inf</c> among them.</summary>
    /// <exception cref="CarbonConfigurationException">It is none.</exception>
    public static double? Number(string? text, string where)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Equals("inf", StringComparison.OrdinalIgnoreCase))
        {
            return double.PositiveInfinity;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsNaN(number)
            ? number
            : throw new CarbonConfigurationException($"{where}: '{text}' is no number");
    }
}
