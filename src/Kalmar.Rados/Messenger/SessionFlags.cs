namespace Kalmar.Rados.Messenger;

/// <summary>Flags of CLIENT_IDENT and SERVER_IDENT.</summary>
internal static class SessionFlags
{
    /// <summary>A lost connection loses the session: nothing is acknowledged, nothing sent again.</summary>
    public const ulong Lossy = 1;
}
