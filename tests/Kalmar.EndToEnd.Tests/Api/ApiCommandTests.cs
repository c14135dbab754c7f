using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary><c>kalmar api</c> against a server with TLS, with a token from a file.</summary>
public sealed class ApiCommandTests(CephClusterFixture fixture)
{
    [Fact]
    public async Task Api_command_reads_changes_waits_and_tells_refusals_by_its_exit_code()
    {
        await using ApiHost api = await ApiHost.StartAsync(await fixture.GetAsync());
        using TemporaryFolder folder = new();
        JsonElement made = await api.ExpectAsync(System.Net.HttpStatusCode.Created, "POST", "/api/v2/user/me/token", """{"name":"test","role":"read/write"}""");
        string secret = made.GetProperty("token").GetString()!;
        await File.WriteAllTextAsync(folder.File("token"), secret + "\n", TestContext.Current.CancellationToken);
        string[] to = ["--server", api.Address.ToString(), "--token-file", folder.File("token")];

        (int code, string output, string error) = await KalmarProcess.RunAsync(["api", "GET", "cluster", .. to]);
        Assert.True(code == 0, error);
        using (JsonDocument clusters = JsonDocument.Parse(output))
        {
            Assert.Equal(api.Fsid, clusters.RootElement[0].GetProperty("id").GetString());
        }

        (code, output, error) = await KalmarProcess.RunAsync(["api", "patch", $"cluster/{api.Fsid}/osd_config", "--data", """{"nobackfill":true}""", "--wait", .. to]);
        Assert.True(code == 0, error);
        Assert.Contains("\"complete\"", output, StringComparison.Ordinal);
        Assert.Contains("nobackfill", await fixture.CephAsync("osd", "dump"), StringComparison.Ordinal);
        (code, _, _) = await KalmarProcess.RunAsync(["api", "PATCH", $"cluster/{api.Fsid}/osd_config", "--data", """{"nobackfill":false}""", "--wait", .. to]);
        Assert.Equal(0, code);
        (code, _, error) = await KalmarProcess.RunAsync(["api", "GET", "audit", .. to]);
        Assert.Equal(77, code);
        Assert.DoesNotContain(secret, error, StringComparison.Ordinal);
        (code, _, _) = await KalmarProcess.RunAsync(["api", "GET", "cluster/nonsense", .. to]);
        Assert.Equal(1, code);
        (code, _, error) = await KalmarProcess.RunAsync("api", "GET", "cluster", "--server", "http://127.0.0.1:1");
        Assert.Equal(69, code);
        Assert.Contains("--server", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_with_a_certificate_speaks_https_and_refuses_to_start_without_one()
    {
        using TemporaryFolder folder = new();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(folder.File("server.pem"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("server.key"), key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        int port = FreePorts.Take();
        string conf = (await fixture.GetAsync()).ConfPath;
        await File.WriteAllTextAsync(folder.File("kalmar.json"), JsonSerializer.Serialize(new
        {
            listen = $"https://127.0.0.1:{port}",
            data = folder.File("data"),
            tls = new { certificate = folder.File("server.pem"), key = folder.File("server.key") },
            history = new { enabled = false },
        }), TestContext.Current.CancellationToken);
        await using (KalmarProcess server = KalmarProcess.Start("serve", "--config", folder.File("kalmar.json"), "-c", conf))
        {
            await server.WaitForAsync($"https://127.0.0.1:{port}", TimeSpan.FromSeconds(60));
            (int code, string output, string error) = await KalmarProcess.RunAsync("api", "GET", "info", "--server", $"https://127.0.0.1:{port}", "--cacert", folder.File("server.pem"));
            Assert.True(code == 0, error);
            Assert.Contains("\"version\"", output, StringComparison.Ordinal);
            (code, _, _) = await KalmarProcess.RunAsync("api", "GET", "info", "--server", $"https://127.0.0.1:{port}");
            Assert.Equal(69, code);
        }

        (int refused, _, string why) = await KalmarProcess.RunAsync("serve", "--listen", $"https://127.0.0.1:{port}", "--data", folder.File("other"), "-c", conf);
        Assert.Equal(78, refused);
        Assert.Contains("tls:certificate", why, StringComparison.Ordinal);
    }
}
