using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kalmar.Cli.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Kalmar.Cli.Hosting;

/// <summary>Gives the server its certificate.</summary>
internal static class ServerCertificate
{
    /// <summary>Reads certificate and key, when an address asks for them.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">The checked configuration.</param>
    /// <exception cref="CommandException">An address is https and there is no certificate, or it cannot be read or used.</exception>
    public static void Use(WebApplicationBuilder builder, KalmarOptions options)
    {
        if (!options.Listen.Any(l => l.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        if (options.Certificate is not { } file || options.CertificateKey is not { } key)
        {
            throw new CommandException("listen names an https address: give tls:certificate and tls:key (PEM files)", ExitCode.Configuration);
        }

        try
        {
            X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(file, key);
            X509Certificate2Collection chain = [];
            chain.ImportFromPemFile(file);
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(k => k.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificate = certificate;
                https.ServerCertificateChain = chain;
            }));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"tls:certificate {file} with tls:key {key} cannot be used: {e.Message}", ExitCode.Configuration, e);
        }
    }
}
