using System.Globalization;
using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Transform;

/// <summary>Moves the start of a window back to the start of its year, month, week, day, hour or minute in the request's zone.</summary>
internal static class WindowAlignment
{
    /// <summary>The aligned start in unix seconds. A digit after weeks names the day that weeks begin with, Monday being 1.</summary>
    public static long Align(RenderContext context, string unit)
    {
        if (unit.Length == 0) throw new GraphiteException("Invalid offset unit ''");
        var offset = (long)context.Zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(context.From)).TotalSeconds;
        var wall = DateTimeOffset.FromUnixTimeSeconds(context.From + offset).UtcDateTime;
        var day = wall.Date;
        DateTime aligned;
        switch (TimeOffset.UnitName(unit))
        {
            case "years":
                aligned = new DateTime(wall.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                break;
            case "months":
                aligned = new DateTime(wall.Year, wall.Month, 1, 0, 0, 0, DateTimeKind.Utc);
                break;
            case "weeks":
                var first = char.IsLetter(unit[^1]) ? 1 : int.Parse(unit.AsSpan(unit.Length - 1), CultureInfo.InvariantCulture);
                var today = day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek;
                aligned = day.AddDays(-((today - first) is var back && back < 0 ? back + 7 : today - first));
                break;
            case "days":
                aligned = day;
                break;
            case "hours":
                aligned = day.AddHours(wall.Hour);
                break;
            case "minutes":
                aligned = day.AddHours(wall.Hour).AddMinutes(wall.Minute);
                break;
            default:
                aligned = wall;
                break;
        }

        return (long)(aligned - DateTime.UnixEpoch).TotalSeconds - offset;
    }
}
