using System.Globalization;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Rendering;

/// <summary>A request for series or a picture of them, read from parameters as graphite-web reads them.</summary>
public sealed class RenderRequest
{
    /// <summary>The targets.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Start of the window in unix seconds.</summary>
    public required long From { get; init; }

    /// <summary>End of the window in unix seconds.</summary>
    public required long Until { get; init; }

    /// <summary>What counts as now, in unix seconds.</summary>
    public required long Now { get; init; }

    /// <summary>The zone in which times are read and shown.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The form of the answer.</summary>
    public RenderFormat Format { get; init; }

    /// <summary>Whether a pie is drawn instead of lines.</summary>
    public bool Pie { get; init; }

    /// <summary>What a pie's slices show of each series: average, maximum or minimum.</summary>
    public string PieMode { get; init; } = "average";

    /// <summary>At most how many points of each series JSON shall hold, or null.</summary>
    public int? MaxDataPoints { get; init; }

    /// <summary>Leave out points without a value, and series without a point.</summary>
    public bool NoNullPoints { get; init; }

    /// <summary>The share of known values that a consolidated point needs.</summary>
    public double XFilesFactor { get; init; }

    /// <summary>The function to wrap JSON in, or null.</summary>
    public string? JsonP { get; init; }

    /// <summary>Indent JSON.</summary>
    public bool Pretty { get; init; }

    /// <summary>Don't answer from the cache.</summary>
    public bool NoCache { get; init; }

    /// <summary>Seconds for which the answer may be kept, or null for the server's setting.</summary>
    public int? CacheTimeout { get; init; }

    /// <summary>Ask only this server, not the others of a cluster.</summary>
    public bool LocalOnly { get; init; }

    /// <summary>Values for templates.</summary>
    public required IReadOnlyDictionary<string, string> Template { get; init; }

    /// <summary>All parameters; those of drawing are read from here.</summary>
    public required RenderParameters Parameters { get; init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="GraphiteException">A parameter cannot be understood.</exception>
    public static RenderRequest Parse(RenderParameters parameters, TimeProvider clock, TimeZoneInfo? serverZone = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(clock);
        var targets = parameters.Values("target").ToList();
        if (targets.Count == 0) targets = parameters.Values("target[]").ToList();
        var graphType = parameters["graphType"] ?? "line";
        if (graphType is not ("line" or "pie")) throw new GraphiteException($"Invalid graphType '{graphType}', must be one of line, pie");
        var window = TimeWindow.Parse(parameters, clock, serverZone ?? TimeZoneInfo.Utc, "-1d");
        var jsonp = parameters.Has("format") ? JsonCallback.Of(parameters) : null;
        return new RenderRequest
        {
            Targets = targets,
            From = window.From,
            Until = window.Until,
            Now = window.Now,
            Zone = window.Zone,
            Format = FormatOf(parameters),
            Pie = graphType == "pie",
            PieMode = parameters["pieMode"] ?? "average",
            MaxDataPoints = parameters.TryGet("maxDataPoints", out var max) && max.Length > 0 && max.All(char.IsAsciiDigit)
                ? (int)Math.Min(double.Parse(max, CultureInfo.InvariantCulture), int.MaxValue) : null,
            NoNullPoints = parameters.Has("noNullPoints"),
            XFilesFactor = Number(parameters, "xFilesFactor") ?? 0,
            JsonP = jsonp,
            Pretty = parameters["pretty"] is { Length: > 0 },
            NoCache = parameters.Has("noCache"),
            CacheTimeout = (int?)Number(parameters, "cacheTimeout"),
            LocalOnly = parameters["local"] == "1",
            Template = Templates(parameters),
            Parameters = parameters,
        };
    }

    private static RenderFormat FormatOf(RenderParameters parameters)
    {
        var standard = parameters.Has("rawData") ? "raw" : parameters.Has("pickle") ? "pickle" : "png";
        return (parameters["format"] ?? standard) switch
        {
            "json" => RenderFormat.Json,
            "json-array" => RenderFormat.JsonArray,
            "csv" => RenderFormat.Csv,
            "raw" => RenderFormat.Raw,
            "pickle" => RenderFormat.Pickle,
            "msgpack" => RenderFormat.MessagePack,
            "dygraph" => RenderFormat.Dygraph,
            "rickshaw" => RenderFormat.Rickshaw,
            "svg" => RenderFormat.Svg,
            "pdf" => RenderFormat.Pdf,
            _ => RenderFormat.Png,
        };
    }

    private static double? Number(RenderParameters parameters, string name)
    {
        if (!parameters.TryGet(name, out var text)) return null;
        return double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : throw new GraphiteException($"Parameter {name} is not a number: '{text}'");
    }

    private static Dictionary<string, string> Templates(RenderParameters parameters)
    {
        Dictionary<string, string> template = new(StringComparer.Ordinal);
        foreach (var (key, value) in parameters.All)
        {
            if (key.StartsWith("template[", StringComparison.Ordinal)) template[key[9..^1]] = value;
        }

        return template;
    }
}
