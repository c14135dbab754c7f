using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kalmar.Carbon.Tests;

/// <summary>A certificate for localhost and 127.0.0.1 that signs itself, for a day.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public TestCertificate()
    {
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate, and its key, as PEM.</summary>
    public (string Certificate, string Key) Pem => (Certificate.ExportCertificatePem(), _key.ExportPkcs8PrivateKeyPem());

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}
