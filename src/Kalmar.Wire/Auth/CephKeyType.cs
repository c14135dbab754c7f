namespace Kalmar.Wire.Auth;

/// <summary>What a <see cref="CephKey"/> is for, with the values of Ceph's CryptoKey.</summary>
public enum CephKeyType
{
    /// <summary>No key: it can be read and written, and nothing else.</summary>
    None = 0,

    /// <summary>AES-128 in CBC mode with a fixed start and no MAC: every release up to Tentacle.</summary>
    Aes128 = 1,

    /// <summary>AES-256 with HMAC-SHA384, RFC 8009: new clusters from 19.2.6 and 20.2.4 on.</summary>
    Aes256k = 2,
}
