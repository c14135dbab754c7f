using Kalmar.Whisper.Native;

namespace Kalmar.Whisper;

/// <summary>Makes new files.</summary>
internal static unsafe class FileMaker
{
    private static readonly byte[] Zeros = new byte[65536];

    /// <summary>
    /// Files up to this size are written whole, zeros included: a few pages in one call cost less than setting their blocks aside,
    /// and the file system reserves their space just so.
    /// </summary>
    private const int MostWhole = 32 * 1024;

    /// <summary>A page of a file: no signal ends a write inside it.</summary>
    private const int Page = 4096;

    /// <summary>Makes and opens a file; removes it again when that fails. Its head is written after its body has its length.</summary>
    public static Descriptor Make(ReadOnlySpan<byte> path, WhisperHeader header, WhisperOptions options)
    {
        int errno = TryMake(path, header, options, [], out Descriptor file);
        return errno == 0 ? file : throw Descriptor.Failure("create", path, errno);
    }

    /// <summary>Whether a file is best written whole, its first points with it.</summary>
    public static bool IsWrittenWhole(WhisperHeader header, WhisperOptions options) =>
        header.FileSize <= MostWhole && (options.Fallocate || !options.Sparse);

    /// <summary>As <see cref="Make"/>, but gives the error number of the opening back.</summary>
    /// <param name="path">Where, with a zero at its end.</param>
    /// <param name="header">The head.</param>
    /// <param name="options">How files are made.</param>
    /// <param name="content">All of the file, if that is known and <see cref="IsWrittenWhole"/>; else nothing, for a file without points.</param>
    /// <param name="file">The open file.</param>
    public static int TryMake(ReadOnlySpan<byte> path, WhisperHeader header, WhisperOptions options, ReadOnlySpan<byte> content, out Descriptor file)
    {
        int errno = Descriptor.TryOpen(path, Libc.ReadWrite | Libc.Create | Libc.Exclusive, out file);
        if (errno != 0)
        {
            return errno;
        }

        try
        {
            if (options.Lock)
            {
                file.Lock(Libc.LockExclusive, path);
            }

            if (content.IsEmpty)
            {
                Fill(file, path, header, options);
            }
            else
            {
                // The head's page last: whatever ends us, a file that has a head is whole.
                int first = Math.Min(content.Length, Page);
                if (first < content.Length)
                {
                    file.Write(content[first..], first, path);
                }

                file.Write(content[..first], 0, path);
            }

            if (options.Flush)
            {
                file.Sync(path);
            }

            return 0;
        }
        catch
        {
            file.Close();
            fixed (byte* p = path)
            {
                _ = Libc.Unlink(p);
            }

            throw;
        }
    }

    private static void Fill(Descriptor file, ReadOnlySpan<byte> path, WhisperHeader header, WhisperOptions options)
    {
        if (options.Fallocate && header.FileSize > MostWhole)
        {
            int errno = Libc.Allocate(file.Number, 0, header.FileSize);
            if (errno != 0)
            {
                throw Descriptor.Failure("set aside space for", path, errno);
            }
        }
        else if (options.Sparse && !options.Fallocate)
        {
            if (Libc.Truncate(file.Number, header.FileSize) != 0)
            {
                throw Descriptor.Failure("set the length of", path);
            }
        }
        else
        {
            for (long offset = 0; offset < header.FileSize; offset += Zeros.Length)
            {
                file.Write(Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, header.FileSize - offset)), offset, path);
            }
        }

        Span<byte> head = stackalloc byte[header.Size];
        header.CopyTo(head);
        file.Write(head, 0, path);
    }
}
