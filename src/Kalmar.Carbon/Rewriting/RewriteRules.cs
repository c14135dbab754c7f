using System.Text.RegularExpressions;
using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Rewriting;

/// <summary>
/// <c>rewrite-rules.conf</c>: sections <c>[pre]</c> (before aggregation) and <c>[post]</c> (after it) of lines
/// <c>pattern = replacement</c>, each applied in turn to every place that it is found at. Immutable.
/// </summary>
public sealed class RewriteRules
{
    private readonly IReadOnlyList<(Regex Pattern, string Replacement)> _pre;
    private readonly IReadOnlyList<(Regex Pattern, string Replacement)> _post;

    private RewriteRules(IReadOnlyList<(Regex, string)> pre, IReadOnlyList<(Regex, string)> post)
    {
        _pre = pre;
        _post = post;
    }

    /// <summary>No rules.</summary>
    public static RewriteRules None { get; } = new([], []);

    /// <summary>Whether there are rules for before aggregation.</summary>
    public bool HasPre => _pre.Count > 0;

    /// <summary>Whether there are rules for after aggregation.</summary>
    public bool HasPost => _post.Count > 0;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CarbonConfigurationException">A line is no rule.</exception>
    public static RewriteRules Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    /// <exception cref="CarbonConfigurationException">A line is no rule.</exception>
    public static RewriteRules Parse(string text, string name = "rewrite-rules.conf")
    {
        ArgumentNullException.ThrowIfNull(text);
        var rules = new Dictionary<string, List<(Regex, string)>>(StringComparer.OrdinalIgnoreCase) { ["pre"] = [], ["post"] = [] };
        string section = "";
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1];
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !rules.TryGetValue(section, out List<(Regex, string)>? list))
            {
                throw new CarbonConfigurationException($"{name} line {number}: '{line}' is no rule below [pre] or [post]; write: pattern = replacement");
            }

            Regex pattern = PythonRegex.Compile(line[..equals].Trim(), $"{name} line {number}");
            list.Add((pattern, PythonRegex.Replacement(line[(equals + 1)..].Trim())));
        }

        return new RewriteRules(rules["pre"], rules["post"]);
    }

    /// <summary>Applies the rules for before aggregation.</summary>
    public string Pre(string metric) => Apply(_pre, metric);

    /// <summary>Applies the rules for after aggregation.</summary>
    public string Post(string metric) => Apply(_post, metric);

    private static string Apply(IReadOnlyList<(Regex Pattern, string Replacement)> rules, string metric)
    {
        foreach ((Regex pattern, string replacement) in rules)
        {
            metric = pattern.Replace(metric, replacement);
        }

        return metric;
    }
}
