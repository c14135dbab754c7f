using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Kalmar.Carbon.Relays;

/// <summary>TLS to destinations (<c>DESTINATION_TRANSPORT = ssl</c>): the other end must have a certificate for the host that it was named by.</summary>
/// <param name="Authorities">Who may have signed it (<c>DESTINATION_SSL_CA</c>); null for those that the system trusts.</param>
public sealed record DestinationTls(X509Certificate2Collection? Authorities)
{
    /// <summary>What a connection to a host asks for.</summary>
    internal SslClientAuthenticationOptions To(string host)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (Authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities);
        }

        return options;
    }
}
