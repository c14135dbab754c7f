namespace Kalmar.Rados.Messenger;

/// <summary>Feature bits of CLIENT_IDENT and SERVER_IDENT.</summary>
public static class MessengerFeatures
{
    /// <summary>What this library announces: the set of Reef. Daemons choose their encodings by it; with less they fall back to ancient ones.</summary>
    public const ulong Supported = 0x3f01cfbffffdffff;

    /// <summary>What a peer must have: bit 59, addresses in their modern form.</summary>
    public const ulong Required = 1UL << 59;
}
