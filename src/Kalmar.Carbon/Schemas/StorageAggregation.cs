using System.Globalization;
using Kalmar.Carbon.Configuration;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Schemas;

/// <summary>
/// <c>storage-aggregation.conf</c>: the first section whose <c>pattern</c> is found in a series' name tells its
/// <c>xFilesFactor</c> and <c>aggregationMethod</c>. Immutable.
/// </summary>
/// <param name="schemas">The sections in their order.</param>
public sealed class StorageAggregation(IReadOnlyList<AggregationSchema> schemas)
{
    /// <summary>Averages of at least half of the points, for all series.</summary>
    public static StorageAggregation Default { get; } = new([]);

    /// <summary>The sections.</summary>
    public IReadOnlyList<AggregationSchema> Schemas { get; } = schemas;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CarbonConfigurationException">A value cannot be, or an expression is none.</exception>
    public static StorageAggregation Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    /// <exception cref="CarbonConfigurationException">A value cannot be, or an expression is none.</exception>
    public static StorageAggregation Parse(string text, string name = "storage-aggregation.conf")
    {
        List<AggregationSchema> schemas = [];
        foreach (IniSection section in IniFile.Parse(text, name).Sections)
        {
            string where = $"{name} [{section.Name}]";
            if (section["pattern"] is not { Length: > 0 } pattern)
            {
                continue;
            }

            schemas.Add(new AggregationSchema(section.Name, PythonRegex.Compile(pattern, where), XFilesFactor(section, where), Method(section, where)));
        }

        return new StorageAggregation(schemas);
    }

    /// <summary>How a series is aggregated.</summary>
    public (AggregationMethod Method, double XFilesFactor) Of(ReadOnlySpan<char> metric)
    {
        foreach (AggregationSchema schema in Schemas)
        {
            if (schema.Pattern.IsMatch(metric))
            {
                return (schema.Method ?? AggregationMethod.Average, schema.XFilesFactor ?? 0.5);
            }
        }

        return (AggregationMethod.Average, 0.5);
    }

    private static double? XFilesFactor(IniSection section, string where)
    {
        if (section["xfilesfactor"] is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1
            ? value
            : throw new CarbonConfigurationException($"{where}: xFilesFactor '{text}' is not between 0 and 1");
    }

    private static AggregationMethod? Method(IniSection section, string where)
    {
        if (section["aggregationmethod"] is not { } text)
        {
            return null;
        }

        return AggregationMethods.TryParse(text, out AggregationMethod method)
            ? method
            : throw new CarbonConfigurationException($"{where}: unknown aggregationMethod '{text}'; use one of {string.Join(", ", AggregationMethods.Names)}");
    }
}
