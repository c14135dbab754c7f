using System.Runtime.InteropServices;
using System.Text;

namespace Kalmar.Whisper.Native;

/// <summary>
/// An open file as a bare number, with whole reads and writes. Paths are UTF-8 with a zero at their end, so that a caller can build
/// them on its stack. Not a handle: whoever opened it closes it.
/// </summary>
internal readonly unsafe struct Descriptor(int number)
{
    public int Number { get; } = number;

    public bool IsOpen => Number >= 0;

    /// <summary>Opens, or gives the error number back: a missing file is no exception to the writer.</summary>
    public static int TryOpen(ReadOnlySpan<byte> path, int flags, out Descriptor descriptor)
    {
        int number;
        fixed (byte* p = path)
        {
            do
            {
                number = Libc.Open(p, flags | Libc.CloseOnExec, Libc.FileMode);
            }
            while (number < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        }

        descriptor = new Descriptor(number);
        return number < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>
    /// Opens for an update, without a note of the access where the file is ours: the read of the head would otherwise make the kernel
    /// write the inode once more for each update.
    /// </summary>
    public static int TryOpenForUpdate(ReadOnlySpan<byte> path, out Descriptor descriptor)
    {
        int errno = TryOpen(path, Libc.ReadWrite | Libc.NoAccessTime, out descriptor);
        return errno == Errno.NotPermitted ? TryOpen(path, Libc.ReadWrite, out descriptor) : errno;
    }

    /// <summary>Opens an empty file in memory.</summary>
    public static Descriptor OpenMemory(ReadOnlySpan<byte> path)
    {
        fixed (byte* name = "whisper\0"u8)
        {
            int number = Libc.MemoryFile(name, Libc.MemoryCloseOnExec);
            return number < 0 ? throw Failure("open in memory", path) : new Descriptor(number);
        }
    }

    public void Close()
    {
        if (IsOpen)
        {
            _ = Libc.Close(Number);
        }
    }

    /// <summary>Reads up to the buffer's length; fewer only at the file's end.</summary>
    public int Read(Span<byte> buffer, long offset, ReadOnlySpan<byte> path)
    {
        int done = 0;
        fixed (byte* p = buffer)
        {
            while (done < buffer.Length)
            {
                nint count = Libc.PRead(Number, p + done, (nuint)(buffer.Length - done), offset + done);
                if (count > 0)
                {
                    done += (int)count;
                }
                else if (count == 0)
                {
                    break;
                }
                else if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
                {
                    throw Failure("read", path);
                }
            }
        }

        return done;
    }

    /// <summary>Writes all of the buffer.</summary>
    public void Write(ReadOnlySpan<byte> buffer, long offset, ReadOnlySpan<byte> path)
    {
        int done = 0;
        fixed (byte* p = buffer)
        {
            while (done < buffer.Length)
            {
                nint count = Libc.PWrite(Number, p + done, (nuint)(buffer.Length - done), offset + done);
                if (count >= 0)
                {
                    done += (int)count;
                }
                else if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
                {
                    throw Failure("write", path);
                }
            }
        }
    }

    public long Length => Libc.Seek(Number, 0, Libc.SeekEnd);

    public void Lock(int operation, ReadOnlySpan<byte> path)
    {
        while (Libc.Lock(Number, operation) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                throw Failure("lock", path);
            }
        }
    }

    public void Sync(ReadOnlySpan<byte> path)
    {
        if (Libc.Sync(Number) != 0)
        {
            throw Failure("flush", path);
        }
    }

    public static WhisperStorageException Failure(string operation, ReadOnlySpan<byte> path) =>
        Failure(operation, path, Marshal.GetLastPInvokeError());

    public static WhisperStorageException Failure(string operation, ReadOnlySpan<byte> path, int errno) =>
        new(operation, Text(path), errno);

    /// <summary>A path for people: without the zero at its end.</summary>
    public static string Text(ReadOnlySpan<byte> path) => Encoding.UTF8.GetString(path.TrimEnd((byte)0));

    /// <summary>A path for the system: with the zero at its end.</summary>
    public static byte[] Terminated(string path)
    {
        if (path.Contains('\0'))
        {
            throw new ArgumentException("a path has no zero character", nameof(path));
        }

        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        return bytes;
    }
}
