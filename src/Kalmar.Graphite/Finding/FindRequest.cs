using System.Globalization;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Finding;

/// <summary>A request for names, read from parameters as graphite-web reads them.</summary>
public sealed class FindRequest
{
    /// <summary>The pattern as asked.</summary>
    public required string Query { get; init; }

    /// <summary>The pattern to search for: a completer's is completed.</summary>
    public required string Pattern { get; init; }

    /// <summary>The form of the answer.</summary>
    public FindFormat Format { get; init; }

    /// <summary>Offer <c>*</c> where there are several.</summary>
    public bool Wildcards { get; init; }

    /// <summary>Leave folders out.</summary>
    public bool LeavesOnly { get; init; }

    /// <summary>Ask only this server.</summary>
    public bool LocalOnly { get; init; }

    /// <summary>The position that a node list is about; negative ones count from the end.</summary>
    public int Position { get; init; } = -1;

    /// <summary>Start of the window, or null.</summary>
    public long? From { get; init; }

    /// <summary>End of the window, or null.</summary>
    public long? Until { get; init; }

    /// <summary>The function to wrap JSON in, or null.</summary>
    public string? JsonP { get; init; }

    /// <summary>Indent JSON.</summary>
    public bool Pretty { get; init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="GraphiteException">A parameter is missing or cannot be understood.</exception>
    public static FindRequest Parse(RenderParameters parameters, TimeProvider clock, TimeZoneInfo? serverZone = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(clock);
        var query = parameters["query"] ?? throw new GraphiteException("Missing required parameter 'query'");
        if (query.Length == 0) throw new GraphiteException("Required parameter 'query' is empty");
        var format = (parameters["format"] ?? "treejson") switch
        {
            "treejson" => FindFormat.TreeJson,
            "nodelist" => FindFormat.NodeList,
            "json" => FindFormat.Json,
            "completer" => FindFormat.Completer,
            "pickle" => FindFormat.Pickle,
            "msgpack" => FindFormat.MessagePack,
            _ => throw new GraphiteException("Invalid value for 'format' parameter"),
        };
        var zone = (parameters.TryGet("tz", out var name) ? WallClock.Find(name) : null) ?? serverZone ?? TimeZoneInfo.Utc;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (parameters.TryGet("now", out var text)) now = TimeLanguage.Parse(text, zone, now);
        return new FindRequest
        {
            Query = query,
            Pattern = format == FindFormat.Completer ? Complete(query, Whole(parameters, "automatic_variants", 0) != 0) : query,
            Format = format,
            Wildcards = Whole(parameters, "wildcards", 0) != 0,
            LeavesOnly = Whole(parameters, "leavesOnly", 0) != 0,
            LocalOnly = Whole(parameters, "local", 0) != 0,
            Position = Whole(parameters, "position", -1),
            From = Moment(parameters, "from", zone, now),
            Until = Moment(parameters, "until", zone, now),
            JsonP = JsonCallback.Of(parameters),
            Pretty = parameters["pretty"] is { Length: > 0 },
        };
    }

    private static string Complete(string query, bool variants)
    {
        var pattern = query.Replace("..", "*.", StringComparison.Ordinal);
        if (!pattern.EndsWith('*')) pattern += "*";
        if (!variants) return pattern;
        return string.Join('.', pattern.Split('.').Select(p => p.Contains(',') && !p.Contains('{') ? $"{{{p}}}" : p));
    }

    private static long? Moment(RenderParameters parameters, string name, TimeZoneInfo zone, long now) =>
        parameters.TryGet(name, out var text) && text != "-1" ? TimeLanguage.Parse(text, zone, now) : null;

    private static int Whole(RenderParameters parameters, string name, int standard)
    {
        if (!parameters.TryGet(name, out var text)) return standard;
        return int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw new GraphiteException($"Invalid int value '{text}' for param {name}");
    }
}
