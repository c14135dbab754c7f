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
    [Fact]
    public async Task Login_without_a_key_where_the_configuration_says_none()
    {
        using var folder = new TemporaryFolder();
        SandboxCluster cluster = await SandboxCluster.CreateAsync(new SandboxOptions
        {
            Folder = folder.File("c"),
            AuthNone = true,
            Managers = 0,
            Osds = 1,
        });
        try
        {
            await cluster.StartAsync();
            var arguments = new CephConnectArguments { ConfPath = cluster.ConfPath };
            CephConnectOptions options = await CephConnectOptions.ResolveAsync(arguments, TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.Equal([AuthMethod.None], options.AuthMethods);
            Assert.Null(options.Key);
            await using RadosCluster rados = await RadosCluster.ConnectAsync(options, null, TestContext.Current.CancellationToken);
            Assert.NotEqual(0UL, rados.Monitors.GlobalId);
            CommandResult result = await rados.TellOsdAsync(
                new OsdId(0), CephCommand.Query("version"), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Contains("version", result.OutputText, StringComparison.Ordinal);

            // Somebody who insists on encryption is told why it cannot be.
            var authenticator = new NoneClientAuthenticator(options.Name, 0, EntityType.Mon);
            await Assert.ThrowsAsync<CephAuthenticationException>(async () => await MessengerConnection.ConnectAsync(
                options.Monitors[0].Msgr2!,
                EntityType.Mon,
                authenticator,
                new MessengerOptions { Modes = [ConnectionMode.Secure] },
                TestContext.Current.CancellationToken));
        }
        finally
        {
            await cluster.DestroyAsync();
        }
    }
}
