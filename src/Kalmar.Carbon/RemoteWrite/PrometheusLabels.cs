using System.Text;

namespace Kalmar.Carbon.RemoteWrite;

/// <summary>
/// Graphite's names as Prometheus' labels. <c>servers.web-1.cpu</c> becomes <c>__name__="servers_web_1_cpu"</c>: each character that a
/// name of Prometheus cannot have (all but letters, digits, <c>_</c> and <c>:</c> of ASCII) becomes <c>_</c>, and <c>_</c> is set before
/// a digit at the beginning. <c>cpu;host=web-1</c> becomes <c>cpu{host="web-1"}</c>: names of tags follow the same rule (without <c>:</c>),
/// values stay as they are. Of two tags that become one the first stays.
/// </summary>
internal static class PrometheusLabels
{
    public const string MetricName = "__name__";

    /// <summary>The labels of a series, sorted by their names as remote-write demands it; null when there is nothing left of the name.</summary>
    public static IReadOnlyList<(string Name, string Value)>? Of(ReadOnlySpan<byte> series)
    {
        string text = Encoding.UTF8.GetString(series);
        string[] parts = text.Split(';');
        if (parts[0].Length == 0)
        {
            return null;
        }

        List<(string Name, string Value)> labels = [(MetricName, Clean(parts[0], colons: true))];
        foreach (string tag in parts.AsSpan(1))
        {
            int equals = tag.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals + 1 == tag.Length)
            {
                return null;
            }

            string name = Clean(tag[..equals], colons: false);
            if (!labels.Exists(l => l.Name == name))
            {
                labels.Add((name, tag[(equals + 1)..]));
            }
        }

        labels.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return labels;
    }

    private static string Clean(string name, bool colons)
    {
        var clean = new StringBuilder(name.Length + 1);
        if (char.IsAsciiDigit(name[0]))
        {
            clean.Append('_');
        }

        foreach (Rune rune in name.EnumerateRunes())
        {
            bool allowed = rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_' || (colons && rune.Value == ':'));
            clean.Append(allowed ? (char)rune.Value : '_');
        }

        return clean.ToString();
    }
}
