namespace Kalmar.Whisper.Native;

/// <summary>Makes the folders of a file.</summary>
internal static unsafe class Folders
{
    /// <summary>Makes every folder above a file; those that are there stay.</summary>
    public static void Make(ReadOnlySpan<byte> path)
    {
        int end = path.LastIndexOf((byte)'/');
        Span<byte> folder = stackalloc byte[path.Length];
        path.CopyTo(folder);
        folder[end] = 0;

        // From below upwards to the first that exists, then down again.
        int errno = TryMake(folder[..(end + 1)]);
        if (errno is 0 or Errno.Exists)
        {
            return;
        }

        if (errno != Errno.NotFound || end == 0)
        {
            throw Descriptor.Failure("make folder", folder[..(end + 1)], errno);
        }

        Make(folder[..(end + 1)]);
        errno = TryMake(folder[..(end + 1)]);
        if (errno is not (0 or Errno.Exists))
        {
            throw Descriptor.Failure("make folder", folder[..(end + 1)], errno);
        }
    }

    private static int TryMake(ReadOnlySpan<byte> folder)
    {
        fixed (byte* p = folder)
        {
            return Libc.MakeFolder(p, Libc.FolderMode) == 0 ? 0 : System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        }
    }
}
