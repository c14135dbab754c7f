using System.Text;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// A file in the form of <c>ceph.conf</c>, which keyrings have too: sections in brackets, <c>option = value</c>, comments after <c>;</c> or
/// <c>#</c>, values in quotes, a backslash before the end of a line joins it with the next and before any other character takes away that
/// character's meaning. Immutable.
/// </summary>
public sealed class CephConfFile
{
    /// <summary>Files beyond this size are refused: they are not configuration.</summary>
    public const int MaximumLength = 16 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Dictionary<string, CephConfSection> _byName = new(StringComparer.Ordinal);
    private readonly List<CephConfSection> _sections = [];

    private CephConfFile(string path) => Path = path;

    /// <summary>Where it was read from; for messages.</summary>
    public string Path { get; }

    /// <summary>The sections in the order of their first appearance.</summary>
    public IReadOnlyList<CephConfSection> Sections => _sections;

    /// <summary>A file without anything in it.</summary>
    /// <param name="path">A name for messages.</param>
    public static CephConfFile Empty(string path) => new(path);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <exception cref="CephConfigurationException">It cannot be read, is not text, or breaks the form; with the line.</exception>
    public static CephConfFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes;
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length > MaximumLength)
            {
                throw new CephConfigurationException($"{path}: {stream.Length} bytes are too many for a configuration file");
            }

            using var buffer = new MemoryStream();
            stream.CopyTo(buffer);
            bytes = buffer.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CephConfigurationException(FileProblem.Describe(path, e), e);
        }

        return Parse(Decode(bytes, path), path);
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="CephConfigurationException">It breaks the form; with the line.</exception>
    public static CephConfFile Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        var file = new CephConfFile(path);
        new CephConfParser(text, file).Run();
        return file;
    }

    /// <summary>The section with this name, or null.</summary>
    /// <param name="name">For example <c>client.admin</c>.</param>
    public CephConfSection? Find(string name) => _byName.GetValueOrDefault(name);

    internal CephConfSection Open(string name, int line)
    {
        if (!_byName.TryGetValue(name, out CephConfSection? section))
        {
            section = new CephConfSection(name, line);
            _byName.Add(name, section);
            _sections.Add(section);
        }

        return section;
    }

    private static string Decode(byte[] bytes, string path)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + bytes.AsSpan(0, Math.Min(bytes.Length, e.Index)).Count((byte)'\n');
            throw new CephConfigurationException($"{path}:{line}: not UTF-8 text", e);
        }
    }
}
