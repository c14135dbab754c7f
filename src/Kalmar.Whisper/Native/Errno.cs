using System.Runtime.InteropServices;

namespace Kalmar.Whisper.Native;

/// <summary>Linux's error numbers that are told apart.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int Interrupted = 4;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int NameTooLong = 36;
    public const int TooManyLinks = 40;
    public const int QuotaExceeded = 122;

    public static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
