using System.Text.RegularExpressions;

namespace Kalmar.Carbon.Configuration;

/// <summary>The regular expressions of Carbon's files, which are Python's, as .NET's: the spellings that differ are turned.</summary>
internal static partial class PythonRegex
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Makes an expression.</summary>
    /// <exception cref="CarbonConfigurationException">It is none.</exception>
    public static Regex Compile(string pattern, string where, RegexOptions options = RegexOptions.None)
    {
        string turned = NamedReference().Replace(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal).Replace("\\Z", "\\z", StringComparison.Ordinal), "\\k<${name}>");
        try
        {
            return new Regex(turned, options | RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw new CarbonConfigurationException($"{where}: '{pattern}' is no regular expression: {e.Message}", e);
        }
    }

    /// <summary>A replacement with <c>\1</c> and <c>\g&lt;name&gt;</c> as one with <c>$</c>.</summary>
    public static string Replacement(string text) =>
        GroupReference().Replace(text.Replace("$", "$$", StringComparison.Ordinal), m => "${" + m.Groups["name"].Value + "}");

    [GeneratedRegex(@"\(\?P=(?<name>\w+)\)", RegexOptions.None, 1000)]
    private static partial Regex NamedReference();

    [GeneratedRegex(@"\\(?:g<(?<name>\w+)>|(?<name>\d{1,2}))", RegexOptions.None, 1000)]
    private static partial Regex GroupReference();
}
