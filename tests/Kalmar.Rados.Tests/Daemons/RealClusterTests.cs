using System.Text.Json;
using Kalmar.Rados.Configuration;
using Kalmar.Rados.Daemons;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Monitors;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Daemons;

[Collection("cluster")]
public sealed class RealClusterTests(CephClusterFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConnectionMode.Crc)]
    [InlineData(ConnectionMode.Secure)]
    public async Task Connect_gives_maps_and_commands_in_both_modes(ConnectionMode mode)
    {
        SandboxCluster sandbox = await fixture.GetAsync();
        CephConnectOptions options = await OptionsAsync();
        await using var cluster = new RadosCluster(options with { MonitorModes = [mode], ServiceModes = [mode] });
        using MonitorSubscription osdMaps = cluster.Monitors.Subscribe(SubscriptionNames.OsdMap);
        using MonitorSubscription mgrMaps = cluster.Monitors.Subscribe(SubscriptionNames.MgrMap);
        using MonitorSubscription fsMaps = cluster.Monitors.Subscribe(SubscriptionNames.FsMap);
        using MonitorSubscription serviceMaps = cluster.Monitors.Subscribe(SubscriptionNames.ServiceMap);
        using MonitorSubscription config = cluster.Monitors.Subscribe(SubscriptionNames.Config);
        await cluster.Monitors.ConnectAsync(Token);
        Assert.Equal(sandbox.Fsid, cluster.Fsid);
        Assert.Equal("a", cluster.Monitors.Status.Monitor);

        OsdMap osds = ReadOsdMap(await osdMaps.Messages.ReadAsync(Token));
        Assert.Equal(3, osds.OsdCount);
        MMgrMap mgr = (await mgrMaps.Messages.ReadAsync(Token)).As<MMgrMap>();
        Assert.Equal("x", ReadMgrMap(mgr).ActiveName);
        Assert.True((await fsMaps.Messages.ReadAsync(Token)).As<MFsMap>().Epoch.Value > 0);
        Assert.NotEqual(0, (await serviceMaps.Messages.ReadAsync(Token)).As<MServiceMap>().Map.Length);
        Assert.NotNull((await config.Messages.ReadAsync(Token)).As<MConfig>().Values);

        using JsonDocument status = (await cluster.CommandAsync(CephCommand.Query("status"), cancellationToken: Token)).ToJson();
        Assert.Equal(sandbox.Fsid.ToString(), status.RootElement.GetProperty("fsid").GetString());
        (ulong newest, _) = await cluster.Monitors.GetVersionAsync("osdmap", Token);
        Assert.True(newest >= osds.Epoch.Value);
    }

    [Fact]
    public async Task Change_by_command_reaches_the_subscription_at_the_version_that_the_answer_names()
    {
        await using RadosCluster cluster = await ConnectAsync();
        using MonitorSubscription maps = cluster.Monitors.Subscribe(SubscriptionNames.OsdMap);
        string pool = $"wire{Guid.NewGuid():n}";
        CommandResult made = await cluster.CommandAsync(
            new CephCommand("osd pool create").With("pool", pool).With("pg_num", 1), cancellationToken: Token);
        made.EnsureSuccess();
        Assert.NotEqual(0ul, made.MapVersion);
        OsdMap map = OsdMap.Empty;
        while (map.Epoch.Value < made.MapVersion)
        {
            map = await ReadFullMapAsync(cluster, maps, map);
        }

        Assert.NotNull(map.FindPool(pool));
        CommandResult removed = await cluster.CommandAsync(
            new CephCommand("osd pool rm").With("pool", pool).With("pool2", pool).With("yes_i_really_really_mean_it", true),
            cancellationToken: Token);
        removed.EnsureSuccess();
    }

    [Fact]
    public async Task Command_that_is_not_known_is_refused_with_its_errno()
    {
        await using RadosCluster cluster = await ConnectAsync();
        CommandResult result = await cluster.CommandAsync(new CephCommand("osd frobnicate"), cancellationToken: Token);
        Assert.Equal(22, Assert.Throws<CephServerException>(() => result.EnsureSuccess()).Errno);
    }

    [Fact]
    public async Task Cluster_log_comes_by_subscription()
    {
        await using RadosCluster cluster = await ConnectAsync();
        using MonitorSubscription log = cluster.Monitors.Subscribe(SubscriptionNames.LogInfo);
        string text = $"said by a test {Guid.NewGuid()}";

        // The subscription begins behind what was logged before the monitor got it; a command's answer shows that it has.
        await cluster.CommandAsync(CephCommand.Query("status"), cancellationToken: Token);
        await cluster.CommandAsync(new CephCommand("log").With("logtext", [text]), cancellationToken: Token);
        await foreach (RawMessage message in log.ReadAllAsync(Token))
        {
            MLog entries = message.As<MLog>();
            Assert.NotEqual(0ul, entries.LogVersion);
            if (entries.Entries.Any(e => e.Message == text && e.Level == LogLevel.Info))
            {
                return;
            }
        }

        Assert.Fail("the log ended");
    }

    [Fact]
    public async Task Commands_to_mgr_and_osds_are_answered_over_one_connection_each()
    {
        await using RadosCluster cluster = await ConnectAsync();
        CommandResult[] results = await Task.WhenAll(
            cluster.MgrCommandAsync(CephCommand.Query("pg dump"), cancellationToken: Token),
            cluster.MgrCommandAsync(CephCommand.Query("osd df"), cancellationToken: Token),
            cluster.TellMgrAsync(CephCommand.Query("perf dump"), cancellationToken: Token),
            cluster.TellOsdAsync(new OsdId(0), CephCommand.Query("perf dump"), cancellationToken: Token),
            cluster.TellOsdAsync(new OsdId(0), CephCommand.Query("perf schema"), cancellationToken: Token),
            cluster.TellOsdAsync(new OsdId(1), CephCommand.Query("perf dump"), cancellationToken: Token),
            cluster.TellMonAsync("a", CephCommand.Query("perf dump"), cancellationToken: Token));
        foreach (CommandResult result in results)
        {
            using JsonDocument json = result.ToJson();
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        }

        using JsonDocument perf = results[3].ToJson();
        Assert.True(perf.RootElement.GetProperty("osd").TryGetProperty("op", out _));
        await cluster.TellOsdAsync(new OsdId(0), CephCommand.Query("perf dump"), cancellationToken: Token);
        Assert.Equal(1, cluster.Osd(new OsdId(0)).Connections);
        Assert.Equal(1, cluster.Mgr().Connections);
    }

    [Fact]
    public async Task Daemon_that_does_not_exist_is_named()
    {
        await using RadosCluster cluster = await ConnectAsync();
        CephConnectionException osd = await Assert.ThrowsAsync<CephConnectionException>(
            () => cluster.TellOsdAsync(new OsdId(77), CephCommand.Query("perf dump"), cancellationToken: Token));
        Assert.Contains("osd.77 does not exist", osd.Message, StringComparison.Ordinal);
        CephConnectionException mon = await Assert.ThrowsAsync<CephConnectionException>(
            () => cluster.TellMonAsync("q", CephCommand.Query("perf dump"), cancellationToken: Token));
        Assert.Contains("no mon.q", mon.Message, StringComparison.Ordinal);
        CephConnectionException mds = await Assert.ThrowsAsync<CephConnectionException>(
            () => cluster.TellMdsAsync("q", CephCommand.Query("perf dump"), cancellationToken: Token));
        Assert.Contains("no mds.q", mds.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Osd_that_was_restarted_is_found_again()
    {
        SandboxCluster sandbox = await fixture.GetAsync();
        await using RadosCluster cluster = await ConnectAsync();
        DaemonClient osd = cluster.Osd(new OsdId(2));
        (await TellAsync()).EnsureSuccess();
        await sandbox.KillAsync("osd.2", Token);
        await sandbox.ReviveAsync("osd.2", Token);
        while (true)
        {
            try
            {
                (await TellAsync()).EnsureSuccess();
                break;
            }
            catch (CephConnectionException)
            {
                // Until the map says where it is now.
                await Task.Delay(50, Token);
            }
        }

        Assert.True(osd.IsConnected);
        Assert.True(osd.Connections >= 2);

        Task<CommandResult> TellAsync() => cluster.TellOsdAsync(new OsdId(2), CephCommand.Query("version"), TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task Wrong_key_and_unknown_user_are_refused_in_words()
    {
        CephConnectOptions options = await OptionsAsync();
        CephAuthenticationException key = await Assert.ThrowsAsync<CephAuthenticationException>(
            () => RadosCluster.ConnectAsync(options with { Key = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System) }, null, Token));
        Assert.Equal(13, key.Errno);
        CephAuthenticationException user = await Assert.ThrowsAsync<CephAuthenticationException>(
            () => RadosCluster.ConnectAsync(options with { Name = new EntityName(EntityType.Client, "nobody") }, null, Token));
        Assert.Equal(13, user.Errno);
        Assert.Contains("the user is unknown there, has no mon caps, or the key is wrong", user.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_without_caps_for_a_daemon_is_refused_by_it()
    {
        string keyring = await fixture.CephAsync("auth", "get-or-create", "client.onlymon", "mon", "allow r");
        string text = keyring.Split("key = ")[1].Split('\n')[0];
        CephConnectOptions options = await OptionsAsync() with { Name = new EntityName(EntityType.Client, "onlymon"), Key = CephKey.Parse(text) };
        await using RadosCluster cluster = await RadosCluster.ConnectAsync(options, null, Token);

        // The monitors give a ticket all the same; it is the daemon that says no.
        CommandResult result = await cluster.TellOsdAsync(new OsdId(0), CephCommand.Query("perf dump"), cancellationToken: Token);
        Assert.Equal(13, Assert.Throws<CephServerException>(() => result.EnsureSuccess()).Errno);
    }

    [Fact]
    public async Task Tickets_are_renewed_over_the_session()
    {
        await using RadosCluster cluster = await ConnectAsync();
        CephxTicket before = cluster.Monitors.Tickets.Find(EntityType.Osd)!;
        await cluster.Monitors.CreateServiceAuthenticatorAsync(EntityType.Osd, renew: true, Token);
        CephxTicket after = cluster.Monitors.Tickets.Find(EntityType.Osd)!;
        Assert.True(after.Expires > before.Expires);
        (await cluster.TellOsdAsync(new OsdId(0), CephCommand.Query("version"), cancellationToken: Token)).EnsureSuccess();
    }

    private static OsdMap ReadOsdMap(RawMessage message)
    {
        var reader = new WireReader(message.As<MOsdMap>().FullMaps.MaxBy(m => m.Key).Value.Span, "OSDMap");
        return OsdMap.Read(ref reader);
    }

    private static MgrMap ReadMgrMap(MMgrMap message)
    {
        var reader = new WireReader(message.Map.Span, "MgrMap");
        return MgrMap.Read(ref reader);
    }

    /// <summary>The next map; after an increment, the full one that is asked for instead.</summary>
    private static async Task<OsdMap> ReadFullMapAsync(RadosCluster cluster, MonitorSubscription maps, OsdMap before)
    {
        RawMessage message = await maps.Messages.ReadAsync(Token);
        if (message.As<MOsdMap>().FullMaps.Count > 0)
        {
            return ReadOsdMap(message);
        }

        Assert.NotEqual(Guid.Empty, cluster.Fsid);
        maps.Restart();
        return before;
    }

    private async Task<CephConnectOptions> OptionsAsync() =>
        await CephConnectOptions.ResolveAsync(new CephConnectArguments { ConfPath = (await fixture.GetAsync()).ConfPath }, TimeProvider.System, Token);

    private async Task<RadosCluster> ConnectAsync() => await RadosCluster.ConnectAsync(await OptionsAsync(), null, Token);
}
