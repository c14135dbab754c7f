using System.Buffers.Text;

namespace Kalmar.Carbon.Receivers;

/// <summary>
/// Reads <c>name value time</c>, separated by any blanks: numbers as Python's <c>float</c> reads them, the time cut to whole seconds,
/// -1 for now. Allocates nothing.
/// </summary>
internal static class LineParser
{
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a line without its end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">Where the name is in it.</param>
    /// <param name="text">Where value and time are in it.</param>
    /// <param name="value">The value, which may be NaN or infinite.</param>
    /// <param name="time">The time as it was sent.</param>
    /// <returns>False when it is not three words of which the last two are numbers.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out Range name, out Range text, out double value, out double time)
    {
        name = default;
        text = default;
        value = 0;
        time = 0;
        int at = SkipBlanks(line, 0);
        int nameEnd = SkipWord(line, at);
        int valueStart = SkipBlanks(line, nameEnd);
        int valueEnd = SkipWord(line, valueStart);
        int timeStart = SkipBlanks(line, valueEnd);
        int timeEnd = SkipWord(line, timeStart);
        if (timeStart == timeEnd || SkipBlanks(line, timeEnd) != line.Length)
        {
            return false;
        }

        name = at..nameEnd;
        text = valueStart..timeEnd;
        return TryNumber(line[valueStart..valueEnd], out value) && TryNumber(line[timeStart..timeEnd], out time);
    }

    /// <summary>Reads a number as Python's <c>float</c> does.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double number)
    {
        if (TryPlain(text, out number))
        {
            return true;
        }

        if (Utf8Parser.TryParse(text, out number, out int used) && used == text.Length)
        {
            return true;
        }

        return TryWord(text, out number);
    }

    /// <summary>
    /// Digits with at most one dot, up to 15 of them: the digits as a whole number and a power of ten are both exact in a double, so
    /// one division rounds as it should. Nearly every number that is sent; a third of the time that the general reader takes.
    /// </summary>
    private static bool TryPlain(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        int at = 0;
        bool negative = text.Length > 0 && text[0] == (byte)'-';
        if (negative)
        {
            at = 1;
        }

        int digits = text.Length - at;
        if (digits is 0 or > 16)
        {
            return false;
        }

        long mantissa = 0;
        int dot = -1;
        for (; at < text.Length; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (text[at] == (byte)'.' && dot < 0)
            {
                dot = at;
            }
            else
            {
                return false;
            }
        }

        if ((dot < 0 && digits > 15) || digits == 1 && dot >= 0)
        {
            return false;
        }

        double magnitude = dot < 0 ? mantissa : mantissa / PowersOfTen[text.Length - 1 - dot];
        number = negative ? -magnitude : magnitude;
        return true;
    }

    private static bool TryWord(ReadOnlySpan<byte> text, out double number)
    {
        number = double.NaN;
        ReadOnlySpan<byte> word = text;
        if (word.Length > 0 && word[0] is (byte)'+' or (byte)'-')
        {
            word = word[1..];
        }

        if (EqualsIgnoringCase(word, "nan"u8))
        {
            return true;
        }

        if (EqualsIgnoringCase(word, "inf"u8) || EqualsIgnoringCase(word, "infinity"u8))
        {
            number = text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out number);
    }

    private static bool EqualsIgnoringCase(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lower) => System.Text.Ascii.EqualsIgnoreCase(word, lower);

    private static int SkipWord(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && !IsBlank(line[at]))
        {
            at++;
        }

        return at;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && IsBlank(line[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\f' or (byte)'\v';
}
