using System.Buffers.Binary;
using System.Globalization;

namespace Kalmar.Whisper.Ceres;

/// <summary>
/// A slice of a Ceres node: the file <c>START@STEP.slice</c>, values of eight bytes (big-endian doubles) one after another without times: the
/// value at place i is that of START + i × STEP; NaN where nothing is known.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Start">The time of the first value, in seconds since 1970.</param>
/// <param name="Step">Seconds between two values.</param>
/// <param name="Count">How many values.</param>
public sealed record CeresSlice(string Path, long Start, int Step, long Count)
{
    /// <summary>The end of a slice file's name.</summary>
    public const string Extension = ".slice";

    private const int ValueSize = 8;

    /// <summary>The time of the last value.</summary>
    public long Last => Start + ((Count - 1) * Step);

    /// <summary>Looks at a file's name and length.</summary>
    /// <returns>Null when the name is not that of a slice, or there is no whole value in it.</returns>
    public static CeresSlice? Of(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        string name = System.IO.Path.GetFileNameWithoutExtension(file.Name);
        int at = name.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && long.TryParse(name[..at], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
            && int.TryParse(name[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int step)
            && start <= uint.MaxValue && step > 0 && file.Length >= ValueSize
            ? new CeresSlice(file.FullName, start, step, file.Length / ValueSize)
            : null;
    }

    /// <summary>The known values from one time to another.</summary>
    /// <param name="from">The first time.</param>
    /// <param name="until">The last time.</param>
    /// <exception cref="WhisperStorageException">The file cannot be read.</exception>
    public IEnumerable<WhisperPoint> Read(long from, long until)
    {
        long first = Math.Max(0, (from - Start + Step - 1) / Step);
        long last = Math.Min(Count - 1, until < Start ? -1 : (until - Start) / Step);
        last = Math.Min(last, (uint.MaxValue - Start) / Step);
        if (first > last)
        {
            yield break;
        }

        using FileStream file = Open();
        file.Position = first * ValueSize;
        byte[] bytes = new byte[Math.Min(last - first + 1, 8192) * ValueSize];
        while (first <= last)
        {
            int filled = file.ReadAtLeast(bytes.AsSpan(0, (int)Math.Min(bytes.Length, (last - first + 1) * ValueSize)), ValueSize, throwOnEndOfStream: false);
            if (filled < ValueSize)
            {
                yield break; // Shortened since we looked.
            }

            file.Position -= filled % ValueSize;
            for (int i = 0; i + ValueSize <= filled; i += ValueSize, first++)
            {
                double value = BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(i));
                if (!double.IsNaN(value))
                {
                    yield return new WhisperPoint((uint)(Start + (first * Step)), value);
                }
            }
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CeresException(Path, $"cannot be read: {e.Message}");
        }
    }
}
