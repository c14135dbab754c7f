using System.Text;
using System.Text.Unicode;

namespace Kalmar.Whisper;

/// <summary>
/// The one spelling that each series is kept under, and the rules for names from outside:
/// <list type="bullet">
/// <item>empty nodes are left out and <c>/</c> is a dot: <c>.a..b/c.</c> is <c>a.b.c</c>, which is the file that Carbon uses for it,
/// and no name can leave the data folder;</item>
/// <item>tags are sorted as Carbon sorts them, the last of two tags of one name wins, <c>name{tag="value"}</c> is <c>name;tag=value</c>;</item>
/// <item>control characters, bad UTF-8, wrong tags, nodes over <see cref="MaxNodeLength"/> and names over <see cref="MaxLength"/> bytes are refused.</item>
/// </list>
/// </summary>
public static class MetricName
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxLength = 3500;

    /// <summary>The longest node, in bytes: with <c>.wsp</c> it must be a file's name.</summary>
    public const int MaxNodeLength = 251;

    private const int MaxTags = 64;

    /// <summary>Brings a name to its one spelling.</summary>
    /// <param name="name">The name as it came, UTF-8.</param>
    /// <param name="canonical">Where to write it; at least as long as the name.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>Why it was refused, or <see cref="MetricNameFault.None"/>.</returns>
    public static MetricNameFault Normalize(ReadOnlySpan<byte> name, Span<byte> canonical, out int length)
    {
        length = 0;
        if (name.IsEmpty)
        {
            return MetricNameFault.Empty;
        }

        if (name.Length > MaxLength)
        {
            return MetricNameFault.TooLong;
        }

        foreach (byte b in name)
        {
            if (b is < 0x20 or 0x7f)
            {
                return MetricNameFault.ControlCharacter;
            }
        }

        if (!Utf8.IsValid(name))
        {
            return MetricNameFault.BadUtf8;
        }

        if (name.EndsWith("\"}"u8) && name.Contains((byte)'{'))
        {
            return OpenMetricsName.TryConvert(name, out byte[] tagged) ? Tagged(tagged, canonical, out length) : MetricNameFault.BadTag;
        }

        return name.Contains((byte)';') ? Tagged(name, canonical, out length) : Plain(name, canonical, out length);
    }

    /// <summary>Brings a name to its one spelling.</summary>
    /// <returns>The name, or null when it is refused for <paramref name="fault"/>.</returns>
    public static string? Normalize(string name, out MetricNameFault fault)
    {
        ArgumentNullException.ThrowIfNull(name);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        byte[] canonical = new byte[bytes.Length];
        fault = Normalize(bytes, canonical, out int length);
        return fault == MetricNameFault.None ? Encoding.UTF8.GetString(canonical.AsSpan(0, length)) : null;
    }

    private static MetricNameFault Plain(ReadOnlySpan<byte> name, Span<byte> canonical, out int length)
    {
        int at = 0;
        int node = 0;
        length = 0;
        foreach (byte b in name)
        {
            if (b is (byte)'.' or (byte)'/')
            {
                if (node > 0)
                {
                    canonical[at++] = (byte)'.';
                    node = 0;
                }

                continue;
            }

            if (++node > MaxNodeLength)
            {
                return MetricNameFault.NodeTooLong;
            }

            canonical[at++] = b;
        }

        if (at > 0 && canonical[at - 1] == (byte)'.')
        {
            at--;
        }

        length = at;
        return at == 0 ? MetricNameFault.Empty : MetricNameFault.None;
    }

    private static MetricNameFault Tagged(ReadOnlySpan<byte> name, Span<byte> canonical, out int length)
    {
        length = 0;
        Span<Range> tags = stackalloc Range[MaxTags];
        int first = name.IndexOf((byte)';');
        ReadOnlySpan<byte> metric = (first < 0 ? name : name[..first]).TrimStart((byte)'~');
        if (metric.IsEmpty)
        {
            return MetricNameFault.BadTag;
        }

        int count = 0;
        int at = first < 0 ? name.Length : first + 1;
        while (first >= 0 && at <= name.Length)
        {
            int end = name[at..].IndexOf((byte)';');
            Range tag = new(at, end < 0 ? name.Length : at + end);
            if (!IsSound(name[tag]))
            {
                return MetricNameFault.BadTag;
            }

            if (!StartsWithTag(name[tag], "name"u8) && !Insert(name, tags, ref count, tag))
            {
                return MetricNameFault.BadTag;
            }

            if (end < 0)
            {
                break;
            }

            at += end + 1;
        }

        metric.CopyTo(canonical);
        int written = metric.Length;
        for (int i = 0; i < count; i++)
        {
            canonical[written++] = (byte)';';
            name[tags[i]].CopyTo(canonical[written..]);
            written += name[tags[i]].Length;
        }

        length = written;
        return MetricNameFault.None;
    }

    /// <summary>Keeps the tags sorted; a tag of the same name takes the place of the one before.</summary>
    private static bool Insert(ReadOnlySpan<byte> name, Span<Range> tags, ref int count, Range tag)
    {
        ReadOnlySpan<byte> key = KeyOf(name[tag]);
        for (int i = 0; i < count; i++)
        {
            if (StartsWithTag(name[tags[i]], key))
            {
                tags[(i + 1)..count].CopyTo(tags[i..]);
                count--;
                break;
            }
        }

        if (count == MaxTags)
        {
            return false;
        }

        int place = count;
        while (place > 0 && name[tags[place - 1]].SequenceCompareTo(name[tag]) > 0)
        {
            tags[place] = tags[place - 1];
            place--;
        }

        tags[place] = tag;
        count++;
        return true;
    }

    private static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> tag) => tag[..tag.IndexOf((byte)'=')];

    private static bool StartsWithTag(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> key) =>
        tag.Length > key.Length && tag.StartsWith(key) && tag[key.Length] == (byte)'=';

    private static bool IsSound(ReadOnlySpan<byte> tag)
    {
        int equals = tag.IndexOf((byte)'=');
        return equals > 0 && equals + 1 < tag.Length && tag[equals + 1] != (byte)'~' && tag[..equals].IndexOfAny((byte)'!', (byte)'^') < 0;
    }
}
