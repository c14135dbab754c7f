using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace Kalmar.Graphite.Text;

/// <summary>
/// Writes a double as Python's <c>repr</c> does: the shortest text that reads back as the same number, with an exponent below 1e-4 and from 1e16.
/// Whole numbers and numbers of few decimals, which is what most counters give, take a path without the general algorithm.
/// </summary>
internal static class FloatWriter
{
    /// <summary>The most bytes that one number takes.</summary>
    public const int MaxLength = 32;

    private const uint Zeros = 0x30303030;
    private static readonly uint[] s_digits = FourDigits();

    /// <summary>Writes the number and returns how many bytes it took.</summary>
    public static int Write(double value, Span<byte> to)
    {
        var whole = (long)value;
        if (whole == value && whole is > -1_000_000_000_000_000 and < 1_000_000_000_000_000)
        {
            if (whole == 0 && double.IsNegative(value)) return Copy("-0.0"u8, to);
            Utf8Formatter.TryFormat(whole, to, out var length);
            to[length++] = (byte)'.';
            to[length++] = (byte)'0';
            return length;
        }

        var size = Math.Abs(value);
        if (size is >= 0.001 and < 1e9)
        {
            // A decimal of at most 15 digits that reads back as this double is its shortest form: no two such decimals share a double.
            var scaled = size * 10_000;
            var rounded = Math.Round(scaled);
            if (Math.Abs(scaled - rounded) < 1e-4 && rounded / 10_000 == size) return WriteDecimal(value < 0, (ulong)rounded, 4, to);
            if (size < 1e8)
            {
                scaled = size * 1_000_000;
                rounded = Math.Round(scaled);
                if (rounded / 1_000_000 == size) return WriteDecimal(value < 0, (ulong)rounded, 6, to);
            }
        }

        return WriteGeneral(value, to);
    }

    // The number is digits / 10^decimals with a fraction; decimals is 4 or 6.
    private static int WriteDecimal(bool negative, ulong digits, int decimals, Span<byte> to)
    {
        var at = 0;
        if (negative) to[at++] = (byte)'-';
        if (decimals == 4)
        {
            var whole = (uint)(digits / 10_000);
            at += WriteWhole(whole, to[at..]);
            return at + WriteFraction((uint)(digits - (whole * 10_000ul)), to[at..]);
        }

        var integer = (uint)(digits / 1_000_000);
        var rest = (uint)(digits - (integer * 1_000_000ul));
        at += WriteWhole(integer, to[at..]);
        to[at++] = (byte)'.';
        for (var i = 5; i >= 0; i--)
        {
            (rest, var digit) = Math.DivRem(rest, 10);
            to[at + i] = (byte)('0' + digit);
        }

        at += 6;
        while (to[at - 1] == '0') at--;
        return at;
    }

    private static int WriteWhole(uint whole, Span<byte> to)
    {
        if (whole < 10)
        {
            to[0] = (byte)('0' + whole);
            return 1;
        }

        if (whole < 10_000)
        {
            // The table's four digits without the zeros before the first.
            var skip = whole >= 1000 ? 0 : whole >= 100 ? 1 : 2;
            BinaryPrimitives.WriteUInt32LittleEndian(to, s_digits[whole] >> (8 * skip));
            return 4 - skip;
        }

        Utf8Formatter.TryFormat(whole, to, out var length);
        return length;
    }

    // A point and four decimals without the zeros after the last; at least one is not zero.
    private static int WriteFraction(uint fraction, Span<byte> to)
    {
        var digits = s_digits[fraction];
        to[0] = (byte)'.';
        BinaryPrimitives.WriteUInt32LittleEndian(to[1..], digits);
        return 5 - (BitOperations.LeadingZeroCount(digits ^ Zeros) / 8);
    }

    private static uint[] FourDigits()
    {
        var table = new uint[10_000];
        for (uint i = 0; i < 10_000; i++) table[i] = Zeros + (i / 1000) + (i / 100 % 10 << 8) + (i / 10 % 10 << 16) + (i % 10 << 24);
        return table;
    }

    private static int WriteGeneral(double value, Span<byte> to)
    {
        if (double.IsNaN(value)) return Copy("nan"u8, to);
        if (double.IsInfinity(value)) return value > 0 ? Copy("inf"u8, to) : Copy("-inf"u8, to);
        value.TryFormat(to, out var length, default, CultureInfo.InvariantCulture);
        // Between these sizes both write the same; whole numbers, which lack the point, went another way.
        if (Math.Abs(value) is >= 1e-4 and < 1e15) return length;
        var mark = to[..length].IndexOf((byte)'E');
        if (mark < 0)
        {
            if (Math.Abs(value) >= 1e16) return Shorten(to, length);
            if (to[..length].IndexOf((byte)'.') >= 0) return length;
            to[length++] = (byte)'.';
            to[length++] = (byte)'0';
            return length;
        }

        return Respell(to, length, mark);
    }

    // .NET writes 10000000000000000 where Python writes 1e+16.
    private static int Shorten(Span<byte> to, int length)
    {
        var sign = to[0] == '-' ? 1 : 0;
        var exponent = length - sign - 1;
        var digits = to[sign..length].TrimEnd((byte)'0').Length;
        if (digits > 1)
        {
            to.Slice(sign + 1, digits - 1).CopyTo(to[(sign + 2)..]);
            to[sign + 1] = (byte)'.';
            digits++;
        }

        var at = sign + digits;
        to[at++] = (byte)'e';
        to[at++] = (byte)'+';
        to[at++] = (byte)('0' + (exponent / 10));
        to[at++] = (byte)('0' + (exponent % 10));
        return at;
    }

    // .NET writes 1.5E+15 and 1E-05 where Python writes 1500000000000000.0 and 1e-05.
    private static int Respell(Span<byte> to, int length, int mark)
    {
        Span<byte> source = stackalloc byte[MaxLength];
        to[..length].CopyTo(source);
        var exponent = int.Parse(source[(mark + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = source[..mark];
        if (exponent is < 0 or >= 16)
        {
            mantissa.CopyTo(to);
            var at = mark;
            to[at++] = (byte)'e';
            to[at++] = (byte)(exponent < 0 ? '-' : '+');
            var size = Math.Abs(exponent);
            if (size >= 100) to[at++] = (byte)('0' + (size / 100));
            to[at++] = (byte)('0' + (size / 10 % 10));
            to[at++] = (byte)('0' + (size % 10));
            return at;
        }

        var written = 0;
        var decimals = -1;
        foreach (var c in mantissa)
        {
            if (c == '.') decimals = 0;
            else
            {
                if (decimals == exponent) to[written++] = (byte)'.';
                to[written++] = c;
                if (decimals >= 0) decimals++;
            }
        }

        if (decimals > exponent) return written;
        for (var i = Math.Max(decimals, 0); i < exponent; i++) to[written++] = (byte)'0';
        to[written++] = (byte)'.';
        to[written++] = (byte)'0';
        return written;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
