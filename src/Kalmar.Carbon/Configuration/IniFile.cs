namespace Kalmar.Carbon.Configuration;

/// <summary>
/// The text of Carbon's configuration files as Python's ConfigParser reads them: sections in order, <c>key = value</c> or
/// <c>key: value</c>, keys without regard to case, comments after <c>#</c> or <c>;</c> at a line's start, values that go on in
/// indented lines.
/// </summary>
public sealed class IniFile
{
    private IniFile(string name, IReadOnlyList<IniSection> sections)
    {
        Name = name;
        Sections = sections;
    }

    /// <summary>Where the text came from, for messages.</summary>
    public string Name { get; }

    /// <summary>The sections in the order of the text.</summary>
    public IReadOnlyList<IniSection> Sections { get; }

    /// <summary>The section of a name, or null.</summary>
    public IniSection? this[string name] => Sections.FirstOrDefault(s => s.Name == name);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CarbonConfigurationException">A line is no section, no key and no comment.</exception>
    public static IniFile Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Where it came from, for messages.</param>
    /// <exception cref="CarbonConfigurationException">A line is no section, no key and no comment.</exception>
    public static IniFile Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<IniSection> sections = [];
        Dictionary<string, string>? values = null;
        Dictionary<string, int> lines = [];
        string? key = null;
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (char.IsWhiteSpace(raw[0]) && key is not null)
            {
                values![key] += "\n" + line;
                continue;
            }

            if (line[0] == '[' && line[^1] == ']')
            {
                values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
                sections.Add(new IniSection(line[1..^1], values) { Lines = lines });
                key = null;
                continue;
            }

            int separator = line.IndexOfAny(['=', ':']);
            if (separator <= 0 || values is null)
            {
                throw new CarbonConfigurationException($"{name} line {number}: '{line}' is neither a [section] nor 'key = value'");
            }

            key = line[..separator].Trim();
            values[key] = line[(separator + 1)..].Trim();
            lines[key] = number;
        }

        return new IniFile(name, sections);
    }
}
