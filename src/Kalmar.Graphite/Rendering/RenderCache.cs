using System.Buffers;
using System.Text;

namespace Kalmar.Graphite.Rendering;

/// <summary>Answers that were given a short while ago, by all of their parameters. Bounded in bytes: the oldest go first. Safe for several threads.</summary>
public sealed class RenderCache(TimeProvider clock, long maxBytes = 64 * 1024 * 1024)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, Entry Entry)> _order = new();
    private long _bytes;

    /// <summary>Bytes that are held.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    /// <summary>The key of a request: every parameter in the order of the names, so that the order in a URL does not matter.</summary>
    public static string KeyOf(RenderParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var text = new StringBuilder();
        foreach (var (name, value) in parameters.All.OrderBy(p => p.Key, StringComparer.Ordinal)) text.Append(name).Append('\0').Append(value).Append('\0');
        return text.ToString();
    }

    /// <summary>Writes a kept answer and returns its media type, or null when there is none that is fresh.</summary>
    public string? TryWrite(string key, IBufferWriter<byte> output)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out entry) || entry.Until < clock.GetUtcNow()) return null;
        }

        output.Write(entry.Body);
        return entry.Type;
    }

    /// <summary>Keeps an answer (the array itself) for so many seconds; one that would fill more than an eighth of the cache is not kept.</summary>
    public void Add(string key, string type, byte[] body, int seconds)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(body);
        var size = body.Length + (key.Length * 2) + 100;
        if (seconds <= 0 || size > maxBytes / 8) return;
        var entry = new Entry(type, body, clock.GetUtcNow().AddSeconds(seconds), size);
        lock (_gate)
        {
            if (_entries.Remove(key, out var old)) _bytes -= old.Size;
            _entries[key] = entry;
            _order.Enqueue((key, entry));
            _bytes += size;
            while ((_bytes > maxBytes || _order.Count > 100_000) && _order.TryDequeue(out var first))
            {
                if (!_entries.TryGetValue(first.Key, out var known) || known != first.Entry) continue;
                _entries.Remove(first.Key);
                _bytes -= known.Size;
            }
        }
    }

    private sealed record Entry(string Type, byte[] Body, DateTimeOffset Until, int Size);
}
