using System.Globalization;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Drawing;

/// <summary>A time axis: which labels and grid lines fit, by the seconds that a pixel stands for.</summary>
internal sealed class TimeAxis
{
    private const long Minute = 60;
    private const long Hour = 3_600;
    private const long Day = 86_400;

    private static readonly TimeAxis[] s_scales =
    [
        new(0, 5, Minute, 5, "HH:mm:ss", 10 * Minute), new(0.07, 10, Minute, 10, "HH:mm:ss", 20 * Minute), new(0.14, 15, Minute, 15, "HH:mm:ss", 30 * Minute),
        new(0.27, 30, 2 * Minute, Minute, "HH:mm", 2 * Hour), new(0.5, Minute, 2 * Minute, Minute, "HH:mm", 2 * Hour), new(1.2, Minute, 4 * Minute, 2 * Minute, "HH:mm", 3 * Hour),
        new(2, Minute, 10 * Minute, 5 * Minute, "HH:mm", 6 * Hour), new(5, 2 * Minute, 10 * Minute, 10 * Minute, "HH:mm", 12 * Hour),
        new(10, 5 * Minute, 20 * Minute, 20 * Minute, "HH:mm", Day), new(30, 10 * Minute, Hour, Hour, "HH:mm", 2 * Day), new(60, 30 * Minute, 2 * Hour, 2 * Hour, "HH:mm", 2 * Day),
        new(100, 2 * Hour, 4 * Hour, 4 * Hour, "ddd HH:mm", 6 * Day), new(255, 6 * Hour, 12 * Hour, 12 * Hour, "MM/dd HH:mm", 10 * Day), new(600, 6 * Hour, Day, Day, "MM/dd", 14 * Day),
        new(1_000, 12 * Hour, Day, Day, "MM/dd", 365 * Day), new(2_000, Day, 2 * Day, 2 * Day, "MM/dd", 365 * Day), new(4_000, 2 * Day, 4 * Day, 4 * Day, "MM/dd", 365 * Day),
        new(8_000, (long)(3.5 * Day), 7 * Day, 7 * Day, "MM/dd", 365 * Day), new(16_000, 7 * Day, 14 * Day, 14 * Day, "MM/dd", 365 * Day),
        new(32_000, 15 * Day, 30 * Day, 30 * Day, "MM/dd", 365 * Day), new(64_000, 30 * Day, 60 * Day, 60 * Day, "MM/dd yyyy", long.MaxValue),
        new(100_000, 60 * Day, 120 * Day, 120 * Day, "MM/dd yyyy", long.MaxValue), new(120_000, 120 * Day, 240 * Day, 240 * Day, "MM/dd yyyy", long.MaxValue),
    ];

    private readonly double _secondsPerPixel;
    private readonly long _longest;

    private TimeAxis(double secondsPerPixel, long minor, long major, long label, string format, long longest) =>
        (_secondsPerPixel, MinorStep, MajorStep, LabelStep, Format, _longest) = (secondsPerPixel, minor, major, label, format, longest);

    public long MinorStep { get; }

    public long MajorStep { get; }

    public long LabelStep { get; }

    public string Format { get; }

    /// <summary>The scale that fits.</summary>
    public static TimeAxis Find(long range, double pixels)
    {
        var found = Array.FindLast(s_scales, s => s._secondsPerPixel <= range / Math.Max(pixels, 1) && s._longest >= range);
        return found ?? s_scales[^1];
    }

    /// <summary>The times of a step in a window, on whole steps of the clock on the wall.</summary>
    public static IEnumerable<long> Times(long start, long end, long step, TimeZoneInfo zone)
    {
        var wall = WallClock.FromUnix(start, zone);
        var seconds = (long)wall.TimeOfDay.TotalSeconds;
        var back = step >= Day ? seconds : step >= Hour ? (seconds % Hour) + (wall.Hour % (step / Hour) * Hour) : step >= Minute ? (seconds % Minute) + (wall.Minute % (step / Minute) * Minute) : wall.Second % step;
        var time = start - back;
        while (time < start) time += step;
        for (; time < end; time += step) yield return time;
    }

    /// <summary>A label, in the axis' own form or in one of <c>strftime</c>.</summary>
    public string Label(long time, TimeZoneInfo zone, string? format)
    {
        var wall = WallClock.FromUnix(time, zone);
        if (format is null) return wall.ToString(Format, CultureInfo.InvariantCulture);
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length) text.Append(format[i]);
            else text.Append(Part(wall, format[++i]));
        }

        return text.ToString();
    }

    private static string Part(DateTime wall, char letter)
    {
        var format = letter switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'd' => "dd",
            'e' => "%d",
            'H' => "HH",
            'I' => "hh",
            'l' => "%h",
            'M' => "mm",
            'S' => "ss",
            'p' => "tt",
            'a' => "ddd",
            'A' => "dddd",
            'b' => "MMM",
            'B' => "MMMM",
            'R' => "HH:mm",
            'T' => "HH:mm:ss",
            'D' => "MM/dd/yy",
            'F' => "yyyy-MM-dd",
            _ => null,
        };
        return format is null ? letter == 'j' ? wall.DayOfYear.ToString("000", CultureInfo.InvariantCulture) : letter.ToString() : wall.ToString(format, CultureInfo.InvariantCulture);
    }
}
