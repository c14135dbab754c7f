namespace Kalmar.Wire.Auth;

/// <summary>How frames are protected once both ends know each other, with the values of AUTH_REQUEST and AUTH_DONE.</summary>
public enum ConnectionMode
{
    /// <summary>Plain, with checksums.</summary>
    Crc = 1,

    /// <summary>AES-128-GCM.</summary>
    Secure = 2,
}
