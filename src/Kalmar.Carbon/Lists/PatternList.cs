using System.Text.RegularExpressions;
using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Lists;

/// <summary>A white or black list: an expression a line, comments after <c>#</c>. Lines that are no expression are left out and told.</summary>
public sealed class PatternList
{
    private readonly List<Regex> _patterns = [];
    private readonly List<string> _skipped = [];

    private PatternList()
    {
    }

    /// <summary>An empty list.</summary>
    public static PatternList Empty { get; } = new();

    /// <summary>Whether it has no expression.</summary>
    public bool IsEmpty => _patterns.Count == 0;

    /// <summary>Lines that were left out, and why.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>Reads a file; a missing one is an empty list, as Carbon has it.</summary>
    public static PatternList Load(string path) => File.Exists(path) ? Parse(File.ReadAllText(path), path) : Empty;

    /// <summary>Reads a text.</summary>
    public static PatternList Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var list = new PatternList();
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            try
            {
                list._patterns.Add(PythonRegex.Compile(line, $"{name} line {number}"));
            }
            catch (CarbonConfigurationException e)
            {
                list._skipped.Add(e.Message);
            }
        }

        return list;
    }

    /// <summary>Whether an expression is found in a name.</summary>
    public bool Matches(ReadOnlySpan<char> metric)
    {
        foreach (Regex pattern in _patterns)
        {
            if (pattern.IsMatch(metric))
            {
                return true;
            }
        }

        return false;
    }
}
