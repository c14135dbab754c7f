using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Aggregation;

/// <summary><c>aggregation-rules.conf</c>. Immutable.</summary>
/// <param name="rules">The rules in their order.</param>
public sealed class AggregationRules(IReadOnlyList<AggregationRule> rules)
{
    /// <summary>No rules.</summary>
    public static AggregationRules None { get; } = new([]);

    /// <summary>The rules in their order.</summary>
    public IReadOnlyList<AggregationRule> Rules { get; } = rules;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CarbonConfigurationException">A line is no rule.</exception>
    public static AggregationRules Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    /// <exception cref="CarbonConfigurationException">A line is no rule.</exception>
    public static AggregationRules Parse(string text, string name = "aggregation-rules.conf")
    {
        ArgumentNullException.ThrowIfNull(text);
        List<AggregationRule> rules = [];
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                rules.Add(AggregationRule.Parse(line, $"{name} line {number}"));
            }
        }

        return new AggregationRules(rules);
    }
}
