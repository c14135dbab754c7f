using Kalmar.Graphite.Tags;

namespace Kalmar.Graphite;

/// <summary>
/// A named row of values with a fixed step. A value that is not known is <see cref="double.NaN"/>. Not thread-safe: a series belongs to one request.
/// </summary>
public sealed class Series
{
    private SeriesTags? _tags;
    private readonly string _firstName;

    /// <summary>Makes a series; <paramref name="values"/> is kept, not copied.</summary>
    public Series(string name, long start, long end, long step, double[] values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        (Name, PathExpression, _firstName) = (name, name, name);
        (Start, End, Step, Values) = (start, end, step, values);
    }

    /// <summary>The name that is shown.</summary>
    public string Name { get; set; }

    /// <summary>The expression that the series came from; names of combined series are made of it.</summary>
    public string PathExpression { get; set; }

    /// <summary>Unix time in seconds of the first value.</summary>
    public long Start { get; set; }

    /// <summary>Unix time in seconds after the last value (nominal: functions of Graphite move it apart from the values).</summary>
    public long End { get; set; }

    /// <summary>Seconds between two values.</summary>
    public long Step { get; set; }

    /// <summary>The values at full resolution.</summary>
    public double[] Values { get; set; }

    /// <summary>How several values become one: average, sum, min, max, first, last or avg_zero.</summary>
    public string Consolidation { get; set; } = "average";

    /// <summary>How many of <see cref="Values"/> make one point when the series is read through <see cref="Points"/>.</summary>
    public int ValuesPerPoint { get; set; } = 1;

    /// <summary>The share (0 to 1) of known values that a consolidated point needs.</summary>
    public double XFilesFactor { get; set; }

    /// <summary>Whether all values came from counting, so that Graphite writes them without a decimal point.</summary>
    public bool WholeNumbers { get; set; }

    /// <summary>How the series is drawn; made when first asked for.</summary>
    public SeriesOptions Options => OptionsOrNull ??= new SeriesOptions();

    /// <summary>How the series is drawn, or null when no function said anything.</summary>
    public SeriesOptions? OptionsOrNull { get; private set; }

    /// <summary>The colour to draw in, by name or hexadecimal, or null.</summary>
    public string? Color { get; set; }

    /// <summary>The tags, by default those that the name carries. Copies of a series share them, as in Graphite.</summary>
    public SeriesTags Tags
    {
        get => _tags ??= SeriesTags.OfName(_firstName);
        set => _tags = value;
    }

    /// <summary>How many values there are at full resolution.</summary>
    public int Count => Values.Length;

    /// <summary>The values as a reader sees them: consolidated when <see cref="ValuesPerPoint"/> is above one.</summary>
    public double[] Points() => ValuesPerPoint > 1 ? Rendering.Consolidator.Consolidate(this) : Values;

    /// <summary>A series like this one, with some things changed; tags are shared, drawing options are not taken over.</summary>
    public Series Copy(string name, double[] values, long? start = null, long? end = null, long? step = null) =>
        new(name, start ?? Start, end ?? End, step ?? Step, values)
        {
            Consolidation = Consolidation,
            Tags = Tags,
            XFilesFactor = XFilesFactor,
        };

    internal void Rename(string name) => (Name, PathExpression) = (name, name);
}
