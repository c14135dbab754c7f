using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Kalmar.Whisper;

/// <summary>
/// The head of a Whisper file, all big-endian:
/// <code>
/// u32 aggregation | u32 longest retention | f32 xFilesFactor | u32 archives | { u32 offset | u32 step | u32 points } × archives
/// </code>
/// Immutable; files with the same head share one instance.
/// </summary>
public sealed class WhisperHeader
{
    /// <summary>Bytes before the first archive's entry.</summary>
    public const int MetadataSize = 16;

    /// <summary>Bytes of an archive's entry.</summary>
    public const int ArchiveSize = 12;

    /// <summary>More archives than any file has; a larger number in a header is damage.</summary>
    public const int MaxArchives = 64;

    private WhisperHeader(AggregationMethod aggregation, uint maxRetention, float xFilesFactor, ImmutableArray<ArchiveInfo> archives)
    {
        Aggregation = aggregation;
        MaxRetention = maxRetention;
        XFilesFactor = xFilesFactor;
        Archives = archives;
        FileSize = archives.Max(a => a.End);
    }

    /// <summary>How finer points become coarser ones.</summary>
    public AggregationMethod Aggregation { get; }

    /// <summary>The span of the longest archive, in seconds.</summary>
    public uint MaxRetention { get; }

    /// <summary>The part of the finer points, 0 to 1, that must be known for a coarser one to be made.</summary>
    public float XFilesFactor { get; }

    /// <summary>The archives in the order of the file, which is finest first in files that Whisper made.</summary>
    public ImmutableArray<ArchiveInfo> Archives { get; }

    /// <summary>Bytes of this head.</summary>
    public int Size => SizeOf(Archives.Length);

    /// <summary>Bytes that a whole file with this head has.</summary>
    public long FileSize { get; }

    /// <summary>The archives without their places.</summary>
    public RetentionPolicy Retentions => new(Archives.Select(a => a.Spec));

    /// <summary>Bytes of a head with so many archives.</summary>
    public static int SizeOf(int archives) => MetadataSize + (archives * ArchiveSize);

    /// <summary>The head of a new file.</summary>
    /// <exception cref="WhisperConfigurationException">The xFilesFactor is not between 0 and 1.</exception>
    public static WhisperHeader For(RetentionPolicy retentions, AggregationMethod aggregation, double xFilesFactor)
    {
        ArgumentNullException.ThrowIfNull(retentions);
        CheckAggregation(aggregation, xFilesFactor);
        var archives = ImmutableArray.CreateBuilder<ArchiveInfo>(retentions.Count);
        uint offset = (uint)SizeOf(retentions.Count);
        foreach (ArchiveSpec spec in retentions)
        {
            archives.Add(new ArchiveInfo(offset, spec.SecondsPerPoint, spec.Points));
            offset += spec.Points * WhisperPoint.Size;
        }

        return new WhisperHeader(aggregation, (uint)retentions.MaxRetention, (float)xFilesFactor, archives.MoveToImmutable());
    }

    /// <summary>The same archives with another aggregation.</summary>
    /// <exception cref="WhisperConfigurationException">The xFilesFactor is not between 0 and 1.</exception>
    internal WhisperHeader With(AggregationMethod aggregation, double xFilesFactor)
    {
        CheckAggregation(aggregation, xFilesFactor);
        return new WhisperHeader(aggregation, MaxRetention, (float)xFilesFactor, Archives);
    }

    /// <summary>Writes the head.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Aggregation);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], MaxRetention);
        BinaryPrimitives.WriteSingleBigEndian(destination[8..], XFilesFactor);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], (uint)Archives.Length);
        for (int i = 0; i < Archives.Length; i++)
        {
            Span<byte> entry = destination[(MetadataSize + (i * ArchiveSize))..];
            BinaryPrimitives.WriteUInt32BigEndian(entry, Archives[i].Offset);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Archives[i].SecondsPerPoint);
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], Archives[i].Points);
        }
    }

    /// <summary>Reads a head from a file's first bytes and checks it against the file's length.</summary>
    /// <param name="head">The first bytes; as many as a head of <see cref="MaxArchives"/> needs, or all of a shorter file.</param>
    /// <param name="fileLength">The file's length.</param>
    /// <param name="header">The head when it is sound.</param>
    /// <param name="detail">What is wrong otherwise.</param>
    /// <returns>The damage, or null for a sound head.</returns>
    internal static WhisperDamage? TryParse(ReadOnlySpan<byte> head, long fileLength, out WhisperHeader? header, out string detail)
    {
        header = null;
        detail = "";
        if (fileLength == 0 || (head.Length >= MetadataSize && head[..MetadataSize].IndexOfAnyExcept((byte)0) < 0))
        {
            detail = fileLength == 0 ? "it is empty" : "its head is all zeros";
            return WhisperDamage.Unfinished;
        }

        if (head.Length < MetadataSize)
        {
            detail = $"it has {fileLength} bytes, too few for a head";
            return WhisperDamage.TruncatedHeader;
        }

        uint aggregation = BinaryPrimitives.ReadUInt32BigEndian(head);
        uint maxRetention = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        float xFilesFactor = BinaryPrimitives.ReadSingleBigEndian(head[8..]);
        uint count = BinaryPrimitives.ReadUInt32BigEndian(head[12..]);
        if (!AggregationMethods.IsKnown(aggregation))
        {
            detail = $"its aggregation number is {aggregation}, not 1 to 8";
            return WhisperDamage.UnknownAggregation;
        }

        if (!(xFilesFactor is >= 0 and <= 1))
        {
            detail = $"its xFilesFactor is {xFilesFactor}, not between 0 and 1";
            return WhisperDamage.BadXFilesFactor;
        }

        if (count is 0 or > MaxArchives)
        {
            detail = $"it claims {count} archives";
            return WhisperDamage.BadArchiveCount;
        }

        if (head.Length < SizeOf((int)count))
        {
            detail = $"it ends at byte {fileLength}, inside the list of its {count} archives";
            return WhisperDamage.TruncatedHeader;
        }

        var archives = ImmutableArray.CreateBuilder<ArchiveInfo>((int)count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = head[(MetadataSize + (i * ArchiveSize))..];
            archives.Add(new ArchiveInfo(
                BinaryPrimitives.ReadUInt32BigEndian(entry),
                BinaryPrimitives.ReadUInt32BigEndian(entry[4..]),
                BinaryPrimitives.ReadUInt32BigEndian(entry[8..])));
        }

        ImmutableArray<ArchiveInfo> read = archives.MoveToImmutable();
        if (Impossible(read) is { } why)
        {
            detail = why;
            return WhisperDamage.ImpossibleArchive;
        }

        header = new WhisperHeader((AggregationMethod)aggregation, maxRetention, xFilesFactor, read);
        if (header.FileSize > fileLength)
        {
            detail = $"it has {fileLength} bytes of {header.FileSize}";
            header = null;
            return WhisperDamage.TruncatedArchive;
        }

        return null;
    }

    private static void CheckAggregation(AggregationMethod aggregation, double xFilesFactor)
    {
        if (!AggregationMethods.IsKnown((uint)aggregation))
        {
            throw new WhisperConfigurationException($"there is no aggregation method {(int)aggregation}");
        }

        if (!(xFilesFactor is >= 0 and <= 1))
        {
            throw new WhisperConfigurationException($"xFilesFactor {xFilesFactor} is not between 0 and 1");
        }
    }

    private static string? Impossible(ImmutableArray<ArchiveInfo> archives)
    {
        long end = SizeOf(archives.Length);
        foreach (ArchiveInfo archive in archives.OrderBy(a => a.Offset))
        {
            if (archive.SecondsPerPoint == 0 || archive.Points == 0)
            {
                return $"an archive has {archive.Points} points of {archive.SecondsPerPoint} s";
            }

            if (archive.Offset < end)
            {
                return $"an archive begins at byte {archive.Offset}, inside the head or another archive";
            }

            end = archive.End;
        }

        return null;
    }
}
