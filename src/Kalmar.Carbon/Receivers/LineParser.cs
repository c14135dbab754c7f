using System.Buffers.Text;
using System.Runtime.CompilerServices;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> line, out Range name, out Range text, out double value, out double time)
    {
        // The usual line: one space between the words, plain numbers, nothing after them but perhaps a CR.
        int end = line.IndexOfAnyInRange((byte)0, (byte)' ');
        if (end > 0 && line[end] == (byte)' ')
        {
            int middle = Plain(line, end + 1, out value);
            if (middle > 0 && middle < line.Length && line[middle] == (byte)' ')
            {
                int last = Plain(line, middle + 1, out time);
                if (last == line.Length || (last == line.Length - 1 && line[last] == (byte)'\r'))
                {
                    name = ..end;
                    text = (end + 1)..last;
                    return true;
                }
            }
        }

        return TryAnyBlanks(line, out name, out text, out value, out time);
    }

    /// <summary>Reads a number as Python's <c>float</c> does.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double number)
    {
        if (text.Length > 0 && Plain(text, 0, out number) == text.Length)
        {
            return true;
        }

        if (Utf8Parser.TryParse(text, out number, out int used) && used == text.Length)
        {
            return true;
        }

        return TryWord(text, out number);
    }

    /// <summary>The same by the rule: any blanks, anywhere, numbers of any form.</summary>
    private static bool TryAnyBlanks(ReadOnlySpan<byte> line, out Range name, out Range text, out double value, out double time)
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

    /// <summary>
    /// Digits with at most one dot, up to 15 of them: the digits as a whole number and a power of ten are both exact in a double, so
    /// one division rounds as it should. Nearly every number that is sent; a third of the time that the general reader takes.
    /// </summary>
    /// <returns>Where the number ends; -1 when it is none of these.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Plain(ReadOnlySpan<byte> line, int at, out double number)
    {
        number = 0;
        bool negative = (uint)at < (uint)line.Length && line[at] == (byte)'-';
        if (negative)
        {
            at++;
        }

        int start = at;
        long mantissa = 0;
        int dot = -1;
        for (; (uint)at < (uint)line.Length; at++)
        {
            uint digit = line[at] - (uint)'0';
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (line[at] == (byte)'.' && dot < 0)
            {
                dot = at;
            }
            else
            {
                break;
            }
        }

        int digits = at - start - (dot < 0 ? 0 : 1);
        if (digits is 0 or > 15)
        {
            return -1;
        }

        double magnitude = dot < 0 ? mantissa : mantissa / PowersOfTen[at - 1 - dot];
        number = negative ? -magnitude : magnitude;
        return at;
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
