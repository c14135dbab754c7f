using System.Buffers.Binary;
using Kalmar.Whisper.Native;

namespace Kalmar.Whisper;

/// <summary>Reads and checks an open file's head.</summary>
internal static class HeaderReader
{
    /// <summary>Enough for four archives and the first point; most files need one read.</summary>
    private const int Usual = WhisperHeader.MetadataSize + (4 * WhisperHeader.ArchiveSize) + WhisperPoint.Size;

    /// <summary>Reads the head; a head that was met before is not parsed again, but the file's length is always checked.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="cache">The heads met.</param>
    /// <param name="firstOrigin">The time of the first archive's first point, when it was among the bytes read; else -1.</param>
    public static WhisperHeader Read(Descriptor file, ReadOnlySpan<byte> path, HeaderCache cache, out long firstOrigin)
    {
        Span<byte> bytes = stackalloc byte[WhisperHeader.SizeOf(WhisperHeader.MaxArchives)];
        int count = file.Read(bytes[..Usual], 0, path);
        long length = file.Length;
        WhisperHeader? header = cache.Find(bytes[..count]);
        if (header is null)
        {
            count = file.Read(bytes, 0, path);
            if (WhisperHeader.TryParse(bytes[..count], length, out header, out string detail) is { } damage)
            {
                throw new WhisperCorruptException(damage, Descriptor.Text(path), detail);
            }

            cache.Add(header!);
        }
        else if (length < header.FileSize)
        {
            throw new WhisperCorruptException(WhisperDamage.TruncatedArchive, Descriptor.Text(path), $"it has {length} bytes of {header.FileSize}");
        }

        uint offset = header!.Archives[0].Offset;
        firstOrigin = offset + 4 <= count ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)offset..]) : -1;
        return header;
    }
}
