namespace Kalmar.Wire.Auth;

/// <summary>The few errnos that authentication speaks of, as Linux numbers them.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int AccessDenied = 13;
    public const int Invalid = 22;
    public const int NotSupported = 95;
}
