using System.Globalization;
using System.Numerics;

namespace Kalmar.Rados.Crush.Text;

/// <summary>Weights as decimals. crushtool reads and writes them as 32-bit floats, so what is above 256 loses its last bits in both.</summary>
internal static class CrushWeightText
{
    private const int ExactDecimals = 16;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a decimal number, at least one character; null when it is none, is negative or does not fit.</summary>
    public static uint? Parse(string text)
    {
        // "Infinity" and "NaN" end in letters.
        bool isNumber = char.IsAsciiDigit(text[^1]) || text[^1] == '.';
        return isNumber && float.TryParse(text, Style, CultureInfo.InvariantCulture, out float number) && number is >= 0 and < 65536
            ? (uint)(number * 0x10000)
            : null;
    }

    /// <summary>Writes a weight.</summary>
    /// <param name="weight">The weight, 0x10000 is 1.0.</param>
    /// <param name="decimals">How many decimals; null for enough of them.</param>
    public static string Format(uint weight, int? decimals)
    {
        if (decimals is int fix)
        {
            // From 32768 on crushtool's number is negative.
            return Format((long)(float)(int)weight, fix);
        }

        long rounded = (long)(float)weight;
        for (int digits = CrushText.CrushToolDecimals; digits < ExactDecimals; digits++)
        {
            string text = Format(rounded, digits);
            if (Parse(text) == rounded)
            {
                return text;
            }
        }

        return Format(rounded, ExactDecimals);
    }

    /// <summary>Rounds to the nearest, and a tie to the even digit, as C's printf does.</summary>
    private static string Format(long weight, int decimals)
    {
        BigInteger scale = BigInteger.Pow(10, decimals);
        BigInteger quotient = BigInteger.DivRem(BigInteger.Abs(weight) * scale, 0x10000, out BigInteger rest);
        if (rest > 0x8000 || (rest == 0x8000 && !quotient.IsEven))
        {
            quotient++;
        }

        string digits = quotient.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string sign = weight < 0 ? "-" : "";
        return decimals == 0 ? $"{sign}{digits}" : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }
}
