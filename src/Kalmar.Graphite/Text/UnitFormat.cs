namespace Kalmar.Graphite.Text;

/// <summary>Large numbers in units: 2048 is 2 Ki, 90 seconds are 1.5 m.</summary>
internal static class UnitFormat
{
    private static readonly (string Prefix, double Size)[] s_binary =
        [("Pi", Math.Pow(1024, 5)), ("Ti", Math.Pow(1024, 4)), ("Gi", Math.Pow(1024, 3)), ("Mi", 1024 * 1024), ("Ki", 1024)];

    private static readonly (string Prefix, double Size)[] s_si = [("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)];

    private static readonly (string Prefix, double Size)[] s_seconds = [("Y", 31_536_000), ("M", 2_592_000), ("D", 86_400), ("H", 3_600), ("m", 60)];

    private static readonly (string Prefix, double Size)[] s_milliseconds =
        [("Y", 31_536_000_000), ("M", 2_592_000_000), ("D", 86_400_000), ("H", 3_600_000), ("m", 60_000), ("s", 1_000)];

    /// <summary>Whether there is such a system.</summary>
    public static bool Knows(string system) => system is "binary" or "si" or "sec" or "msec" or "none";

    /// <summary>The number to show and the unit after it.</summary>
    /// <param name="value">The number.</param>
    /// <param name="system">si, binary, sec, msec or none.</param>
    /// <param name="units">What the number counts, or null.</param>
    /// <param name="step">The distance of labels: units above it are not used. Null for a number alone.</param>
    public static (double Number, string Unit) Scale(double value, string system, string? units, double? step = null)
    {
        var sizes = system switch
        {
            "binary" => s_binary,
            "si" => s_si,
            "sec" => s_seconds,
            "msec" => s_milliseconds,
            "none" => [],
            _ => throw new GraphiteException($"Unit system '{system}' is not one of si, binary, sec, msec, none"),
        };
        foreach (var (prefix, size) in sizes)
        {
            if (Math.Abs(value) >= size && !(step < size)) return (Whole(value / size, value), prefix + units);
        }

        return (Whole(value, value), units ?? string.Empty);
    }

    private static double Whole(double number, double original) =>
        number - Math.Floor(number) < 1e-11 && original > 1 ? Math.Floor(number) : number;
}
