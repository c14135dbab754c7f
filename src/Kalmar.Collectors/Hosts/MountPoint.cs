using System.Text;

namespace Kalmar.Collectors.Hosts;

/// <summary>A line of <c>/proc/self/mountinfo</c> (proc(5)).</summary>
/// <param name="Device">The device's numbers: <c>8:1</c>.</param>
/// <param name="Root">Which folder of the file system is mounted: <c>/</c> unless it is a bind mount.</param>
/// <param name="Path">Where.</param>
/// <param name="Type">The file system's type.</param>
internal readonly record struct MountPoint(string Device, string Root, string Path, string Type)
{
    /// <returns>Null when the line is not of that form.</returns>
    public static MountPoint? Parse(string[] fields)
    {
        int dash = Array.IndexOf(fields, "-");
        return dash >= 6 && dash + 1 < fields.Length
            ? new MountPoint(fields[2], Unescape(fields[3]), Unescape(fields[4]), fields[dash + 1])
            : null;
    }

    /// <summary>The node of its series: <c>root</c>, or the path with its slashes and dots made underscores.</summary>
    public string Node => Path == "/" ? "root" : MetricNames.Clean(Path);

    /// <summary>The kernel writes space, tab, newline and backslash as three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        StringBuilder result = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text.AsSpan(i + 1, 3) is var digits && !digits.ContainsAnyExceptInRange('0', '7'))
            {
                result.Append((char)(((digits[0] - '0') * 64) + ((digits[1] - '0') * 8) + (digits[2] - '0')));
                i += 3;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
