using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Aggregation;

/// <summary>
/// A rule of <c>aggregation-rules.conf</c>: <c>output (seconds) = method input</c>. In the input <c>*</c> is one node or part of
/// one, <c>&lt;field&gt;</c> one node that the output repeats, <c>&lt;&lt;field&gt;&gt;</c> several.
/// </summary>
public sealed class AggregationRule
{
    private const int MostNames = 1 << 18;

    private readonly Regex _input;
    private readonly ConcurrentDictionary<string, string?> _outputs = new(StringComparer.Ordinal);

    private AggregationRule(string output, int frequency, Aggregator method, string input, string where)
    {
        Output = output;
        Frequency = frequency;
        Method = method;
        Input = input;
        _input = PythonRegex.Compile(PatternOf(input), where);
    }

    /// <summary>The name of what comes out, with fields in angle brackets.</summary>
    public string Output { get; }

    /// <summary>Seconds that are aggregated into one point.</summary>
    public int Frequency { get; }

    /// <summary>How.</summary>
    public Aggregator Method { get; }

    /// <summary>Which names go in.</summary>
    public string Input { get; }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="CarbonConfigurationException">It is none.</exception>
    public static AggregationRule Parse(string line, string where)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] sides = line.Split('=', 2);
        string[] left = sides[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] right = sides.Length == 2 ? sides[1].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
        if (left.Length != 2 || right.Length != 2 || !int.TryParse(left[1].Trim('(', ')'), out int frequency) || frequency <= 0)
        {
            throw new CarbonConfigurationException($"{where}: '{line}' is no rule; write: output (seconds) = method input");
        }

        if (!Aggregator.TryParse(right[0], out Aggregator? method))
        {
            throw new CarbonConfigurationException($"{where}: unknown method '{right[0]}'; use one of {string.Join(", ", Aggregator.Names)}");
        }

        return new AggregationRule(left[0], frequency, method, right[1], where);
    }

    /// <summary>The name that a series is aggregated into; null when the rule is not for it.</summary>
    public string? OutputOf(string metric)
    {
        if (_outputs.TryGetValue(metric, out string? known))
        {
            return known;
        }

        if (_outputs.Count >= MostNames)
        {
            _outputs.Clear();
        }

        Match match = _input.Match(metric);
        string? output = match.Success ? Fill(match) : null;
        _outputs[metric] = output;
        return output;
    }

    private string? Fill(Match match)
    {
        var name = new StringBuilder();
        ReadOnlySpan<char> rest = Output;
        while (true)
        {
            int open = rest.IndexOf('<');
            int close = open < 0 ? -1 : rest[open..].IndexOf('>') + open;
            if (open < 0 || close < open)
            {
                return name.Append(rest).ToString();
            }

            Group group = match.Groups[rest[(open + 1)..close].ToString()];
            if (!group.Success)
            {
                return null;
            }

            name.Append(rest[..open]).Append(group.ValueSpan);
            rest = rest[(close + 1)..];
        }
    }

    private static string PatternOf(string input) => "^" + string.Join("\\.", input.Split('.').Select(Node)) + "\\z";

    private static string Node(string node)
    {
        int open = node.IndexOf("<<", StringComparison.Ordinal);
        int close = node.IndexOf(">>", StringComparison.Ordinal);
        if (open >= 0 && close > open)
        {
            return $"{node[..open]}(?<{node[(open + 2)..close]}>.+?){node[(close + 2)..]}";
        }

        open = node.IndexOf('<', StringComparison.Ordinal);
        close = node.IndexOf('>', StringComparison.Ordinal);
        if (open >= 0 && close > open)
        {
            return $"{node[..open]}(?<{node[(open + 1)..close]}>[^.]+?){node[(close + 1)..]}";
        }

        return node == "*" ? "[^.]+" : node.Replace("*", "[^.]*", StringComparison.Ordinal);
    }
}
