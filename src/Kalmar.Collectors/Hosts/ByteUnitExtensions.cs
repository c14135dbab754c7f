namespace Kalmar.Collectors.Hosts;

/// <summary>Names and factors of <see cref="ByteUnit"/>.</summary>
internal static class ByteUnitExtensions
{
    public static string ToNode(this ByteUnit unit) => unit switch
    {
        ByteUnit.Bit => "bit",
        ByteUnit.Kilobit => "kilobit",
        ByteUnit.Megabit => "megabit",
        ByteUnit.Gigabit => "gigabit",
        ByteUnit.Byte => "byte",
        ByteUnit.Kilobyte => "kilobyte",
        ByteUnit.Megabyte => "megabyte",
        ByteUnit.Gigabyte => "gigabyte",
        ByteUnit.Terabyte => "terabyte",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "not a unit of bytes"),
    };

    public static double FromBytes(this ByteUnit unit, double bytes) => unit switch
    {
        >= ByteUnit.Byte => bytes / Math.Pow(1024, unit - ByteUnit.Byte),
        _ => bytes * 8 / Math.Pow(1024, (int)unit),
    };
}
