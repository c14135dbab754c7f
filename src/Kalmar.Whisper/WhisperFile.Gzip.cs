using System.Buffers;
using System.IO.Compression;
using Kalmar.Whisper.Native;
using Microsoft.Win32.SafeHandles;

namespace Kalmar.Whisper;

/// <content>Files that were packed with gzip.</content>
public sealed partial class WhisperFile
{
    /// <summary>The end of the name of a file that was packed with gzip.</summary>
    public const string GzipExtension = MetricPath.Extension + ".gz";

    /// <summary>The most bytes that a packed file may have unpacked: 22 million points.</summary>
    public const int MaxUnpacked = 256 * 1024 * 1024;

    /// <summary>Opens a file that was packed with gzip (<c>.wsp.gz</c>, as graphite-web reads them) to read it. It is unpacked into memory until it is disposed.</summary>
    /// <exception cref="WhisperStorageException">It is not there or may not be read.</exception>
    /// <exception cref="WhisperCorruptException">It is damaged, or larger than <see cref="MaxUnpacked"/>.</exception>
    public static WhisperFile OpenGzip(string path)
    {
        byte[] terminated = Descriptor.Terminated(path);
        Descriptor file = Descriptor.OpenMemory(terminated);
        try
        {
            Unpack(path, terminated, file);
            return new WhisperFile(file, terminated, HeaderReader.Read(file, terminated, ArchiveUpdater.OfThread.Headers, out _), flush: false);
        }
        catch
        {
            file.Close();
            throw;
        }
    }

    private static void Unpack(string path, byte[] terminated, Descriptor file)
    {
        int errno = Descriptor.TryOpen(terminated, Libc.ReadOnly, out Descriptor packed);
        if (errno != 0)
        {
            throw Descriptor.Failure("open", terminated, errno);
        }

        byte[] piece = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var unpacked = new GZipStream(new FileStream(new SafeFileHandle(packed.Number, ownsHandle: true), FileAccess.Read), CompressionMode.Decompress);
            long length = 0;
            int count;
            while ((count = unpacked.Read(piece)) > 0)
            {
                if (length + count > MaxUnpacked)
                {
                    throw new WhisperCorruptException(WhisperDamage.ImpossibleArchive, path, $"it has more than {MaxUnpacked} bytes unpacked");
                }

                file.Write(piece.AsSpan(0, count), length, terminated);
                length += count;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new WhisperCorruptException(WhisperDamage.TruncatedArchive, path, $"it cannot be unpacked: {e.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
