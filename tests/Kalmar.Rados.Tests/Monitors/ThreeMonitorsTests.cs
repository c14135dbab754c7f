using Kalmar.Rados.Configuration;
using Kalmar.Rados.Monitors;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Monitors;

public sealed class ThreeMonitorsTests(SecureCephClusterFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_monitor_is_replaced_and_subscriptions_and_commands_go_on()
    {
        SandboxCluster sandbox = await fixture.GetAsync();
        await using RadosCluster cluster = await RadosCluster.ConnectAsync(
            new CephConnectArguments { ConfPath = sandbox.ConfPath }, null, Token);
        MonitorClient monitors = cluster.Monitors;
        using MonitorSubscription maps = monitors.Subscribe(SubscriptionNames.OsdMap);
        uint last = (await maps.Messages.ReadAsync(Token)).As<MOsdMap>().Newest.Value;
        string first = monitors.Status.Monitor!;
        ulong id = monitors.GlobalId;
        await sandbox.KillAsync($"mon.{first}", Token);
        try
        {
            CommandResult set = await cluster.CommandAsync(
                new CephCommand("osd set").With("key", "noout").AsIdempotent(), default, TimeSpan.FromSeconds(50), Token);
            set.EnsureSuccess();
            Assert.NotEqual(first, monitors.Status.Monitor);
            Assert.Equal(id, monitors.GlobalId);
            while (last < set.MapVersion)
            {
                // What comes after the last epoch that we had, not the whole map again.
                MOsdMap next = (await maps.Messages.ReadAsync(Token)).As<MOsdMap>();
                Assert.Empty(next.FullMaps);
                Assert.Equal(last + 1, next.Incrementals.Keys.Min().Value);
                last = next.Newest.Value;
            }
        }
        finally
        {
            await sandbox.ReviveAsync($"mon.{first}", Token);
            await cluster.CommandAsync(new CephCommand("osd unset").With("key", "noout").AsIdempotent(), cancellationToken: Token);
        }
    }

    [Fact]
    public async Task Monitor_that_hangs_is_replaced_when_keepalives_stay_away()
    {
        SandboxCluster sandbox = await fixture.GetAsync();
        CephConnectOptions options = await CephConnectOptions.ResolveAsync(
            new CephConnectArguments { ConfPath = sandbox.ConfPath }, TimeProvider.System, Token);
        await using var cluster = new RadosCluster(options, TimeProvider.System, o => o with
        {
            Messenger = o.Messenger with { KeepaliveInterval = TimeSpan.FromMilliseconds(250), KeepaliveTimeout = TimeSpan.FromSeconds(2), HandshakeTimeout = TimeSpan.FromSeconds(3) },
        });
        await cluster.Monitors.ConnectAsync(Token);
        Assert.Equal(ConnectionMode.Secure, Assert.Single(options.MonitorModes));
        string first = cluster.Monitors.Status.Monitor!;
        await sandbox.FreezeAsync($"mon.{first}", Token);
        try
        {
            while (cluster.Monitors.Status is not { State: MonitorClientState.Connected } status || status.Monitor == first)
            {
                await Task.Delay(20, Token);
            }

            Assert.Contains("keepalive", cluster.Monitors.Status.LastError!.Message, StringComparison.Ordinal);
            (await cluster.CommandAsync(CephCommand.Query("mon stat"), cancellationToken: Token)).EnsureSuccess();
        }
        finally
        {
            await sandbox.ThawAsync($"mon.{first}", Token);
        }
    }
}
