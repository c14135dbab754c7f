using Kalmar.Rados.Configuration;
using Kalmar.Rados.Messenger;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Tests.Auth;

/// <summary>Method none, tried with a real monitor and a real OSD.</summary>
public sealed class RealClusterWithoutAuthenticationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_without_a_key_where_the_configuration_says_none()
    {
        using var folder = new TemporaryFolder();
        var sandbox = new SandboxOptions { Folder = folder.File("c"), AuthNone = true, Managers = 0, Osds = 1 };
        SandboxCluster cluster = await SandboxCluster.CreateAsync(sandbox, cancellationToken: Cancelled);
        try
        {
            await cluster.StartAsync(cancellationToken: Cancelled);
            var arguments = new CephConnectArguments { ConfPath = cluster.ConfPath };
            CephConnectOptions options = await CephConnectOptions.ResolveAsync(arguments, TimeProvider.System, Cancelled);
            Assert.Equal([AuthMethod.None], options.AuthMethods);
            Assert.Null(options.Key);
            await using RadosCluster rados = await RadosCluster.ConnectAsync(options, null, Cancelled);
            Assert.NotEqual(0UL, rados.Monitors.GlobalId);
            CommandResult result = await rados.TellOsdAsync(
                new OsdId(0), CephCommand.Query("version"), cancellationToken: Cancelled);
            Assert.Contains("version", result.OutputText, StringComparison.Ordinal);

            // Somebody who insists on encryption is told why it cannot be.
            var authenticator = new NoneClientAuthenticator(options.Name, 0, EntityType.Mon);
            await Assert.ThrowsAsync<CephAuthenticationException>(async () => await MessengerConnection.ConnectAsync(
                options.Monitors[0].Msgr2!,
                EntityType.Mon,
                authenticator,
                new MessengerOptions { Modes = [ConnectionMode.Secure] },
                Cancelled));
        }
        finally
        {
            await cluster.DestroyAsync(cancellationToken: CancellationToken.None);
        }
    }
}
