using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Kalmar.Graphite.Tags;

/// <summary>
/// A metric's name with tags: Carbon's <c>disk.used;host=a;rack=1</c> or OpenMetrics' <c>disk_used{host="a"}</c>. The canonical form is Carbon's with
/// the tags in order.
/// </summary>
public sealed class TaggedName
{
    private TaggedName(string metric, SortedDictionary<string, string> tags, List<string> order) => (Metric, Tags, Order) = (metric, tags, order);

    /// <summary>The name without tags.</summary>
    public string Metric { get; }

    /// <summary>The tags without <c>name</c>, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; }

    private List<string> Order { get; }

    /// <summary>The tag <c>name</c>: the metric without leading tildes, which a tag's value may not start with.</summary>
    public string NameTag => Metric.TrimStart('~');

    /// <summary>The canonical path.</summary>
    public string Path
    {
        get
        {
            var text = new StringBuilder(NameTag);
            foreach (var part in Tags.Select(t => $";{t.Key}={t.Value}").Order(StringComparer.Ordinal)) text.Append(part);
            return text.ToString();
        }
    }

    /// <summary>Reads a name; false when it is malformed.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out TaggedName? name) =>
        (name = path.EndsWith("\"}", StringComparison.Ordinal) && path.Contains('{') ? ParseOpenMetrics(path, out _) : ParseCarbon(path, out _)) is not null;

    /// <summary>Reads a name.</summary>
    /// <exception cref="GraphiteException">The name is malformed; the message says where.</exception>
    public static TaggedName Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string error;
        var name = path.EndsWith("\"}", StringComparison.Ordinal) && path.Contains('{') ? ParseOpenMetrics(path, out error) : ParseCarbon(path, out error);
        return name ?? throw new GraphiteException($"Cannot parse path {path}: {error}");
    }

    /// <summary>
    /// Where the series lies below a Whisper folder, without <c>.wsp</c>: tagged ones are spread by the SHA-256 of their path, as carbon writes them.
    /// </summary>
    public static string ToFilePath(string path, bool hashOnly = true)
    {
        if (!path.Contains(';')) return path.Replace('.', '/').TrimStart('/');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)));
        return $"_tagged/{hash[..3]}/{hash[3..6]}/{(hashOnly ? hash : path.Replace(".", "_DOT_", StringComparison.Ordinal))}";
    }

    /// <summary>The tags as a series carries them: those of the name in its order, then <c>name</c>.</summary>
    public SeriesTags ToTags()
    {
        var tags = new SeriesTags();
        foreach (var tag in Order) tags[tag] = Tags[tag];
        tags["name"] = NameTag;
        return tags;
    }

    private static TaggedName? ParseCarbon(string path, out string error)
    {
        var segments = path.Split(';');
        return Build(segments[0], segments.Skip(1).Select(s => s.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (s[..at], s[(at + 1)..]) : (string.Empty, s)), out error);
    }

    private static TaggedName? ParseOpenMetrics(string path, out string error)
    {
        var open = path.IndexOf('{', StringComparison.Ordinal);
        var pairs = new List<(string, string)>();
        var rest = path[(open + 1)..^1];
        while (rest.Length > 0)
        {
            var equal = rest.IndexOf("=\"", StringComparison.Ordinal);
            if (equal <= 0) return Fail($"invalid segment {rest}", out error);
            var value = new StringBuilder();
            var i = equal + 2;
            for (; i < rest.Length && rest[i] != '"'; i++)
            {
                if (rest[i] == '\\' && i + 1 < rest.Length) i++;
                value.Append(rest[i]);
            }

            if (i >= rest.Length) return Fail($"invalid segment {rest}", out error);
            pairs.Add((rest[..equal], value.ToString()));
            rest = rest[(i + 1)..].TrimStart(',');
        }

        return Build(path[..open], pairs, out error);
    }

    private static TaggedName? Build(string metric, IEnumerable<(string Tag, string Value)> pairs, out string error)
    {
        if (metric.TrimStart('~').Length == 0) return Fail("no metric found", out error);
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var (tag, value) in pairs)
        {
            if (tag.Length == 0 || value.Length == 0) return Fail($"invalid segment {tag}{value}", out error);
            if (tag.AsSpan().IndexOfAny(";!^=") >= 0) return Fail($"character not allowed in tag {tag}", out error);
            if (value.Contains(';') || value[0] == '~') return Fail($"value not allowed in tag {tag}", out error);
            if (!tags.ContainsKey(tag)) order.Add(tag);
            tags[tag] = value;
        }

        error = string.Empty;
        if (tags.Remove("name")) order.Remove("name");
        return new TaggedName(metric, tags, order);
    }

    private static TaggedName? Fail(string why, out string error)
    {
        error = why;
        return null;
    }
}
