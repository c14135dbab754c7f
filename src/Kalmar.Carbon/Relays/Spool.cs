using System.Globalization;
using System.Text;

namespace Kalmar.Carbon.Relays;

/// <summary>
/// Lines that wait on disk, in files of one block each, numbered in their order. A file is there whole or not at all (written under
/// another name first), and goes when its lines were sent. Not thread-safe.
/// </summary>
internal sealed class Spool
{
    private readonly string _folder;
    private readonly LinkedList<(long Number, long Size)> _files = [];
    // Numbers begin high: what was in memory at a stop is older than what is here, and goes before it.
    private long _next = 1L << 40;

    public Spool(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(folder, "*.lines").Order(StringComparer.Ordinal))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                long size = new FileInfo(file).Length;
                _files.AddLast((number, size));
                Size += size;
                _next = Math.Max(_next, number + 1);
            }
        }
    }

    /// <summary>Bytes that wait.</summary>
    public long Size { get; private set; }

    public bool IsEmpty => _files.Count == 0;

    /// <summary>A folder's name for a destination.</summary>
    public static string NameOf(Routing.Destination destination) =>
        new StringBuilder(destination.ToString().TrimEnd('/')).Replace("://", "_").Replace(':', '_').Replace('/', '_').Replace("..", "__").ToString();

    public void Add(LineBlock block)
    {
        Write(_next, block);
        _files.AddLast((_next++, block.Length));
    }

    /// <summary>Puts a block before all others.</summary>
    public void AddFirst(LineBlock block)
    {
        long number = (_files.First?.Value.Number ?? _next) - 1;
        Write(number, block);
        _files.AddFirst((number, block.Length));
    }

    /// <summary>The oldest block; it stays until <see cref="RemoveFirst"/>.</summary>
    public LineBlock First()
    {
        byte[] bytes = File.ReadAllBytes(PathOf(_files.First!.Value.Number));
        return new LineBlock(bytes, bytes.Length, bytes.AsSpan().Count((byte)'\n'));
    }

    public void RemoveFirst()
    {
        (long number, long size) = _files.First!.Value;
        _files.RemoveFirst();
        File.Delete(PathOf(number));
        Size -= size;
    }

    private void Write(long number, LineBlock block)
    {
        string path = PathOf(number);
        using (FileStream file = File.Create(path + ".part"))
        {
            file.Write(block.Memory.Span);
        }

        File.Move(path + ".part", path);
        Size += block.Length;
    }

    private string PathOf(long number) => Path.Combine(_folder, number.ToString("D19", CultureInfo.InvariantCulture) + ".lines");
}
