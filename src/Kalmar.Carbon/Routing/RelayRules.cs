using System.Text.RegularExpressions;
using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Routing;

/// <summary><c>relay-rules.conf</c>: sections with <c>pattern</c> or <c>default = true</c>, <c>destinations</c> and <c>continue</c>.</summary>
public static class RelayRules
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="CarbonConfigurationException">A section is incomplete, or there is not exactly one default.</exception>
    public static IReadOnlyList<RelayRule> Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    /// <exception cref="CarbonConfigurationException">A section is incomplete, or there is not exactly one default.</exception>
    public static IReadOnlyList<RelayRule> Parse(string text, string name = "relay-rules.conf")
    {
        List<RelayRule> rules = [];
        RelayRule? fallback = null;
        foreach (IniSection section in IniFile.Parse(text, name).Sections)
        {
            string where = $"{name} [{section.Name}]";
            IReadOnlyList<Destination> destinations = section["destinations"] is { Length: > 0 } list
                ? Destination.ParseList(list)
                : throw new CarbonConfigurationException($"{where} has no 'destinations'");
            if (section["pattern"] is { } pattern)
            {
                if (section["default"] is not null)
                {
                    throw new CarbonConfigurationException($"{where} has both 'pattern' and 'default'; one of them is to go");
                }

                Regex regex = PythonRegex.Compile(pattern, where, RegexOptions.IgnoreCase);
                rules.Add(new RelayRule(section.Name, regex, destinations, CarbonValue.Boolean(section["continue"], where + " continue") ?? false));
            }
            else if (CarbonValue.Boolean(section["default"], where + " default") == true)
            {
                fallback = fallback is null
                    ? new RelayRule(section.Name, null, destinations, Continue: false)
                    : throw new CarbonConfigurationException($"{where}: there is a default already, in [{fallback.Name}]");
            }
        }

        rules.Add(fallback ?? throw new CarbonConfigurationException($"{name} has no section with 'default = true'"));
        return rules;
    }
}
