namespace Kalmar.Carbon.Routing;

/// <summary>Which hash places names on the ring (<c>ROUTER_HASH_TYPE</c>).</summary>
public enum RingHash
{
    /// <summary>The first 16 bits of MD5 (<c>carbon_ch</c>).</summary>
    Carbon,

    /// <summary>FNV-1a of 32 bits folded to 16 (<c>fnv1a_ch</c>).</summary>
    Fnv1a,

    /// <summary>MurmurHash3 of 32 bits, with its sign (<c>mmh3_ch</c>).</summary>
    Murmur3,
}
