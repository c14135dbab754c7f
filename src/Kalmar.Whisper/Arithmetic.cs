namespace Kalmar.Whisper;

/// <summary>Division that rounds down, as the file format's arithmetic does for times before the first point.</summary>
internal static class Arithmetic
{
    public static long FloorDivide(long dividend, long divisor)
    {
        long quotient = Math.DivRem(dividend, divisor, out long remainder);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    public static long FloorModulo(long dividend, long divisor)
    {
        long remainder = dividend % divisor;
        return remainder < 0 ? remainder + divisor : remainder;
    }

    public static long Align(long time, long step) => time - FloorModulo(time, step);
}
