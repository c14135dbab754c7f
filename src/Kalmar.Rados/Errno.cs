namespace Kalmar.Rados;

/// <summary>The few errnos that the library itself looks at or gives, as Linux numbers them.</summary>
internal static class Errno
{
    public const int NoEntry = 2;
    public const int AccessDenied = 13;
    public const int Invalid = 22;
    public const int NotSupported = 95;
    public const int TimedOut = 110;
}
