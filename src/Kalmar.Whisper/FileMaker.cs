using Kalmar.Whisper.Native;

namespace Kalmar.Whisper;

/// <summary>Makes new files.</summary>
internal static unsafe class FileMaker
{
    private static readonly byte[] Zeros = new byte[65536];

    /// <summary>Makes and opens a file; removes it again when that fails. Its head is written after its body has its length.</summary>
    public static Descriptor Make(ReadOnlySpan<byte> path, WhisperHeader header, WhisperOptions options)
    {
        int errno = TryMake(path, header, options, out Descriptor file);
        return errno == 0 ? file : throw Descriptor.Failure("create", path, errno);
    }

    /// <summary>As <see cref="Make"/>, but gives the error number of the opening back.</summary>
    public static int TryMake(ReadOnlySpan<byte> path, WhisperHeader header, WhisperOptions options, out Descriptor file)
    {
        int errno = Descriptor.TryOpen(path, Libc.ReadWrite | Libc.Create | Libc.Exclusive, out file);
        if (errno != 0)
        {
            return errno;
        }

        try
        {
            Fill(file, path, header, options);
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
        if (options.Lock)
        {
            file.Lock(Libc.LockExclusive, path);
        }

        if (options.Fallocate)
        {
            int errno = Libc.Allocate(file.Number, 0, header.FileSize);
            if (errno != 0)
            {
                throw Descriptor.Failure("set aside space for", path, errno);
            }
        }
        else if (options.Sparse)
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
        if (options.Flush)
        {
            file.Sync(path);
        }
    }
}
