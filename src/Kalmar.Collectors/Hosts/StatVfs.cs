using System.Runtime.InteropServices;

namespace Kalmar.Collectors.Hosts;

/// <summary>The system call that tells how full a file system is: <c>DriveInfo</c> knows nothing of inodes.</summary>
internal static partial class StatVfs
{
    /// <exception cref="CollectorException">The system said no, or this is no 64-bit Linux.</exception>
    public static FileSystemSpace Read(string path)
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != 8)
        {
            throw new CollectorException("the space of file systems is only known on 64-bit Linux");
        }

        if (Call(path, out Result result) != 0)
        {
            throw new CollectorException($"cannot ask for the space of {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        // f_frsize is what the counts are in (POSIX); f_bsize only happens to be the same on most file systems.
        return new FileSystemSpace(
            result.FragmentBytes != 0 ? result.FragmentBytes : result.BlockBytes,
            result.Blocks,
            result.BlocksFree,
            result.BlocksAvailable,
            result.Files,
            result.FilesFree,
            result.FilesAvailable);
    }

    [LibraryImport("libc", EntryPoint = "statvfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(string path, out Result result);

    /// <summary>struct statvfs of 64-bit Linux: the same in glibc and musl.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Result
    {
        public ulong BlockBytes;
        public ulong FragmentBytes;
        public ulong Blocks;
        public ulong BlocksFree;
        public ulong BlocksAvailable;
        public ulong Files;
        public ulong FilesFree;
        public ulong FilesAvailable;
    }
}
