using System.Text;

namespace Kalmar.Collectors.Hosts;

/// <summary>Reads the kernel's text files below <c>/proc</c>, or captured ones below any folder.</summary>
/// <param name="root">The folder.</param>
public sealed class ProcFileSystem(string root)
{
    /// <summary>The most that is read of one file; <c>/proc/interrupts</c> of a machine with 512 cores has about 2 MB.</summary>
    public const int MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>True when the file is there.</summary>
    /// <param name="path">Its path below the root: <c>net/dev</c>.</param>
    public bool Exists(string path) => File.Exists(Path.Combine(root, path));

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Its path below the root.</param>
    /// <exception cref="CollectorException">It isn't there, may not be read, or is too large.</exception>
    public string ReadText(string path)
    {
        string full = Path.Combine(root, path);
        try
        {
            // Files of the kernel say that they are empty; they have to be read to their end.
            using FileStream stream = new(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            using MemoryStream text = new();
            Span<byte> buffer = stackalloc byte[16 * 1024];
            while (stream.Read(buffer) is > 0 and var read)
            {
                if (text.Length + read > MaxFileBytes)
                {
                    throw new CollectorException($"{full} is longer than {MaxFileBytes} bytes; not read");
                }

                text.Write(buffer[..read]);
            }

            return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CollectorException($"cannot read {full}: {e.Message}", e);
        }
    }

    /// <summary>Reads a file's lines, each cut at white space into its fields; lines without any are left out.</summary>
    /// <param name="path">Its path below the root.</param>
    /// <exception cref="CollectorException">It isn't there, may not be read, or is too large.</exception>
    public IEnumerable<string[]> ReadFields(string path) => ReadText(path)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length > 0);
}
