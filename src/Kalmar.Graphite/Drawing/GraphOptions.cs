using System.Globalization;
using Kalmar.Graphite.Rendering;

namespace Kalmar.Graphite.Drawing;

/// <summary>The drawing options of a request, by graphite-web's names.</summary>
internal sealed class GraphOptions
{
    private readonly RenderParameters _parameters;

    public GraphOptions(RenderRequest request)
    {
        _parameters = request.Parameters;
        Zone = request.Parameters.Has("tz") ? request.Zone : TimeZoneInfo.Utc;
        var theme = GraphTheme.Find(Text("template"));
        Width = (int)Math.Clamp(Number("width") ?? 330, -1, int.MaxValue);
        Height = (int)Math.Clamp(Number("height") ?? 250, -1, int.MaxValue);
        GraphOnly = Flag("graphOnly");
        Margin = GraphOnly ? 0 : Number("margin") is { } margin and >= 0 ? (int)margin : 10;
        Background = GraphColor.Parse(Text("bgcolor") ?? theme.Background);
        Foreground = GraphColor.Parse(Text("fgcolor") ?? theme.Foreground);
        MajorLine = GraphColor.Parse(Text("majorGridLineColor") ?? theme.MajorLine);
        MinorLine = GraphColor.Parse(Text("minorGridLineColor") ?? theme.MinorLine);
        Colors = [.. (Text("colorList") ?? theme.Lines).Split(',').Select(c => c.Trim())];
        Font = new GraphFont(Text("fontName") ?? "Sans", Number("fontSize") ?? 10, Flag("fontBold"), Flag("fontItalic"));
        UnitSystem = Text("yUnitSystem")?.ToLowerInvariant() is { } system && Kalmar.Graphite.Text.UnitFormat.Knows(system) ? system : "si";
        LogBase = Text("logBase") switch { null => null, "e" => Math.E, _ => Number("logBase") is { } number and > 1 ? number : null };
    }

    public int Width { get; }

    public int Height { get; }

    public int Margin { get; }

    public bool GraphOnly { get; }

    public GraphColor Background { get; }

    public GraphColor Foreground { get; }

    public GraphColor MajorLine { get; }

    public GraphColor MinorLine { get; }

    public IReadOnlyList<string> Colors { get; }

    public GraphFont Font { get; }

    public TimeZoneInfo Zone { get; }

    public string UnitSystem { get; }

    public double? LogBase { get; }

    /// <summary>An option's text; null when it is missing, empty or "default".</summary>
    public string? Text(string name) => _parameters[name] is { Length: > 0 } text && !text.Equals("default", StringComparison.OrdinalIgnoreCase) ? text : null;

    /// <summary>An option's number, or null.</summary>
    public double? Number(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether an option is on: true, or a number other than 0.</summary>
    public bool Flag(string name) => Text(name) is { } text && !text.Equals("false", StringComparison.OrdinalIgnoreCase) && text != "0";

    /// <summary>Whether the option was given.</summary>
    public bool Has(string name) => Text(name) is not null;
}
