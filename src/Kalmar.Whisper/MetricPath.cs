using System.Security.Cryptography;
using System.Text;

namespace Kalmar.Whisper;

/// <summary>
/// Where a series is kept below the data folder, as Carbon has it: the dots of a name are folders; a tagged series lies at
/// <c>_tagged/abc/def/HASH.wsp</c>, where HASH is the SHA-256 of its name.
/// </summary>
public static class MetricPath
{
    /// <summary>The end of a file's name.</summary>
    public const string Extension = ".wsp";

    private static ReadOnlySpan<byte> Tagged => "_tagged/"u8;

    /// <summary>The longest relative path, in bytes, zero at the end included.</summary>
    public const int MaxLength = MetricName.MaxLength + 16;

    /// <summary>The file of a series, relative to the data folder; the name is brought to its one spelling first.</summary>
    /// <exception cref="ArgumentException">The name is refused; see <see cref="MetricName"/>.</exception>
    public static string RelativeFileOf(string metric)
    {
        string name = MetricName.Normalize(metric, out MetricNameFault fault)
            ?? throw new ArgumentException($"metric name refused: {fault}", nameof(metric));
        Span<byte> path = stackalloc byte[MaxLength];
        return Encoding.UTF8.GetString(path[..(Write(Encoding.UTF8.GetBytes(name), path) - 1)]);
    }

    /// <summary>The file of a series.</summary>
    /// <exception cref="ArgumentException">The name is refused; see <see cref="MetricName"/>.</exception>
    public static string FileOf(string dataFolder, string metric) => Path.Combine(dataFolder, RelativeFileOf(metric));

    /// <summary>The older, readable file of a tagged series, which Carbon used before it hashed names.</summary>
    /// <param name="metric">The name in its one spelling.</param>
    public static string RelativeReadableFileOf(string metric)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(metric)));
        string name = metric.Replace(".", "_DOT_", StringComparison.Ordinal).Replace('/', '_');
        return $"_tagged/{hash[..3]}/{hash[3..6]}/{name}{Extension}";
    }

    /// <summary>The series that a relative path belongs to: folders become dots. Hashed names of tagged series cannot be turned back.</summary>
    public static string NameOf(string relativePath)
    {
        string trimmed = relativePath.EndsWith(Extension, StringComparison.Ordinal) ? relativePath[..^Extension.Length] : relativePath;
        return trimmed.Trim('/').Replace('/', '.');
    }

    /// <summary>Writes the relative path of a name that is in its one spelling, with a zero at its end.</summary>
    /// <returns>Bytes written, the zero included.</returns>
    public static int Write(ReadOnlySpan<byte> canonicalName, Span<byte> path)
    {
        int at;
        if (canonicalName.Contains((byte)';'))
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(canonicalName, hash);
            Span<byte> hex = stackalloc byte[hash.Length * 2];
            Convert.TryToHexStringLower(hash, hex, out _);
            Tagged.CopyTo(path);
            at = Tagged.Length;
            hex[..3].CopyTo(path[at..]);
            path[at + 3] = (byte)'/';
            hex[3..6].CopyTo(path[(at + 4)..]);
            path[at + 7] = (byte)'/';
            hex.CopyTo(path[(at + 8)..]);
            at += 8 + hex.Length;
        }
        else
        {
            canonicalName.CopyTo(path);
            path[..canonicalName.Length].Replace((byte)'.', (byte)'/');
            at = canonicalName.Length;
        }

        ".wsp\0"u8.CopyTo(path[at..]);
        return at + 5;
    }
}
