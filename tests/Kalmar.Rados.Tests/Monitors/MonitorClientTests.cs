using System.Net;
using System.Net.Sockets;
using Kalmar.Rados.Messenger;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Monitors;

public sealed class MonitorClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConnectionMode.Crc)]
    [InlineData(ConnectionMode.Secure)]
    public async Task Connect_gives_the_cluster_and_a_session(ConnectionMode mode)
    {
        await using var cluster = new FakeMonitors();
        var states = new List<MonitorClientState>();
        await using var client = new MonitorClient(cluster.Options() with
        {
            Messenger = new MessengerOptions { Modes = [mode] },
            StatusChanged = status => states.Add(status.State),
        });
        await client.ConnectAsync(Token);
        Assert.Equal(cluster.Fsid, client.Fsid);
        Assert.Equal("a", client.Status.Monitor);
        Assert.Equal([MonitorClientState.Hunting, MonitorClientState.Connected], states);
        Assert.NotEqual(0ul, client.GlobalId);
        Assert.NotNull(client.Tickets.Find(EntityType.Mgr));
    }

    [Fact]
    public async Task Connect_with_a_wrong_key_is_refused_and_the_client_goes_on_trying()
    {
        await using var cluster = new FakeMonitors();
        await using var client = new MonitorClient(cluster.Options() with { Key = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System) });
        CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(() => client.ConnectAsync(Token));
        Assert.Equal(13, e.Errno);
        Assert.False(e.IsTransient);
        cluster.KeyServer.Set(FakeMonitors.Client, new EntityAuth(OptionsKey(client), new Dictionary<string, string> { ["mon"] = "allow *" }, CephKey.Empty));
        while (client.Status.State != MonitorClientState.Connected)
        {
            await Task.Delay(5, Token);
        }
    }

    [Fact]
    public async Task Connect_to_another_cluster_than_expected_is_refused()
    {
        await using var cluster = new FakeMonitors();
        await using var client = new MonitorClient(cluster.Options() with { Fsid = Guid.NewGuid() });
        CephServerException e = await Assert.ThrowsAsync<CephServerException>(() => client.ConnectAsync(Token));
        Assert.Contains(cluster.Fsid.ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_without_any_monitor_says_what_was_tried()
    {
        var nobody = new EntityAddress(EntityAddressType.Msgr2, 0, new IPEndPoint(IPAddress.Loopback, Kalmar.Testing.FreePorts.Take()));
        await using var cluster = new FakeMonitors();
        await using var client = new MonitorClient(cluster.Options(nobody) with { ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        CephConnectionException e = await Assert.ThrowsAsync<CephConnectionException>(() => client.ConnectAsync(Token));
        Assert.Contains(nobody.ToString(), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_finds_the_one_monitor_that_serves_among_dead_mute_and_out_of_quorum_ones()
    {
        await using var cluster = new FakeMonitors(2);
        cluster.All[0].IsInQuorum = false;
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var silent = new EntityAddress(EntityAddressType.Msgr2, 0, (IPEndPoint)mute.LocalEndpoint);
        var dead = new EntityAddress(EntityAddressType.Msgr2, 0, new IPEndPoint(IPAddress.Loopback, Kalmar.Testing.FreePorts.Take()));
        for (int i = 0; i < 4; i++)
        {
            await using var client = new MonitorClient(cluster.Options(silent, dead, cluster.All[0].Address, cluster.All[1].Address) with
            {
                Messenger = new MessengerOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(500) },
            });
            await client.ConnectAsync(Token);
            Assert.Equal("b", client.Status.Monitor);
        }
    }

    [Fact]
    public async Task Lost_session_is_replaced_by_one_with_another_monitor_and_the_same_global_id()
    {
        await using var cluster = new FakeMonitors(3);
        await using var client = new MonitorClient(cluster.Options(cluster.All[0].Address));
        await client.ConnectAsync(Token);
        ulong id = client.GlobalId;
        await cluster.All[0].DisposeAsync();
        while (client.Status is not { State: MonitorClientState.Connected, Monitor: "b" or "c" })
        {
            await Task.Delay(5, Token);
        }

        Assert.Equal(id, client.GlobalId);
        Assert.Equal(2, client.Status.Sessions);
    }

    [Fact]
    public async Task Old_ticket_that_is_refused_is_dropped_for_a_new_global_id()
    {
        await using var first = new FakeMonitors();
        await using var client = new MonitorClient(first.Options());
        await client.ConnectAsync(Token);

        // The cluster forgets its secrets: the ticket is worthless, the key is not.
        await using var second = new FakeMonitors();
        second.KeyServer.Set(
            FakeMonitors.Client, new EntityAuth(first.Key, new Dictionary<string, string> { ["mon"] = "allow *" }, CephKey.Empty));
        CephxTicketStore store = client.Tickets;
        var reclaim = new CephxMonClientAuthenticator(FakeMonitors.Client, first.Key, EntityType.Mon, store, TimeProvider.System);
        await Assert.ThrowsAsync<CephAuthenticationException>(() => MessengerConnection.ConnectAsync(
            second.All[0].Address, EntityType.Mon, reclaim, new MessengerOptions(), Token));
        second.Fsid = first.Fsid;
        await using var moved = new MonitorClient(second.Options() with { Key = first.Key });
        moved.Tickets.Adopt(client.GlobalId, [store.Find(EntityType.Auth)!]);
        await moved.ConnectAsync(Token);
        Assert.Equal(MonitorClientState.Connected, moved.Status.State);
    }

    [Fact]
    public async Task Subscription_goes_on_behind_its_last_message_after_a_lost_session()
    {
        await using var cluster = new FakeMonitors();
        FakeMonitor monitor = cluster.All[0];
        await using var client = new MonitorClient(cluster.Options());
        using MonitorSubscription maps = client.Subscribe(SubscriptionNames.FsMap);
        using MonitorSubscription config = client.Subscribe(SubscriptionNames.Config);
        await client.ConnectAsync(Token);
        MMonSubscribe first = await monitor.Subscriptions.ReadAsync(Token);
        Assert.Equal(["config", "fsmap", "monmap"], first.Subscriptions.Keys.Order());
        Assert.Equal(new SubscriptionRequest(0, false), first.Subscriptions["fsmap"]);
        await monitor.SendToAllAsync(new MFsMap(new Epoch(12), new byte[] { 1, 2 }));
        Assert.Equal(12u, (await maps.Messages.ReadAsync(Token)).As<MFsMap>().Epoch.Value);
        monitor.DropSessions();
        MMonSubscribe second = await monitor.Subscriptions.ReadAsync(Token);
        Assert.Equal(new SubscriptionRequest(13, false), second.Subscriptions["fsmap"]);
        Assert.Equal(new SubscriptionRequest(0, false), second.Subscriptions["config"]);
        while (monitor.Sessions == 0)
        {
            await Task.Delay(1, Token);
        }

        await monitor.SendToAllAsync(new MFsMap(new Epoch(13), new byte[] { 3 }));
        Assert.Equal(13u, (await maps.Messages.ReadAsync(Token)).As<MFsMap>().Epoch.Value);
    }

    [Fact]
    public async Task Subscription_made_in_session_is_asked_for_at_once_and_ends_with_the_client()
    {
        await using var cluster = new FakeMonitors();
        var client = new MonitorClient(cluster.Options());
        await client.ConnectAsync(Token);
        await cluster.All[0].Subscriptions.ReadAsync(Token);
        MonitorSubscription maps = client.Subscribe(SubscriptionNames.ServiceMap, 5);
        MMonSubscribe asked = await cluster.All[0].Subscriptions.ReadAsync(Token);
        Assert.Equal(new SubscriptionRequest(5, false), Assert.Single(asked.Subscriptions).Value);
        await client.DisposeAsync();
        await maps.Messages.Completion.WaitAsync(Token);
        Assert.Throws<ObjectDisposedException>(() => client.Subscribe("osdmap"));
    }

    [Fact]
    public async Task Slow_reader_of_OSD_maps_loses_the_oldest_and_asks_for_a_full_one()
    {
        await using var cluster = new FakeMonitors();
        FakeMonitor monitor = cluster.All[0];
        await using var client = new MonitorClient(cluster.Options());
        using MonitorSubscription maps = client.Subscribe(SubscriptionNames.OsdMap, capacity: 4);
        await client.ConnectAsync(Token);
        await monitor.Subscriptions.ReadAsync(Token);
        for (uint epoch = 1; epoch <= 6; epoch++)
        {
            var increments = new Dictionary<Epoch, ReadOnlyMemory<byte>> { [new Epoch(epoch)] = new byte[] { 1 } };
            await monitor.SendToAllAsync(new MOsdMap(cluster.Fsid, increments, new Dictionary<Epoch, ReadOnlyMemory<byte>>(), new Epoch(1), new Epoch(epoch)));
        }

        MMonSubscribe asked = await monitor.Subscriptions.ReadAsync(Token);
        Assert.Equal(new SubscriptionRequest(0, false), asked.Subscriptions["osdmap"]);
        while (maps.Dropped < 2)
        {
            await Task.Delay(1, Token);
        }

        Assert.Equal(3u, (await maps.Messages.ReadAsync(Token)).As<MOsdMap>().Newest.Value);
    }

    [Fact]
    public async Task Fetch_asks_once_and_does_not_disturb_who_stays_subscribed()
    {
        await using var cluster = new FakeMonitors();
        FakeMonitor monitor = cluster.All[0];
        await using var client = new MonitorClient(cluster.Options());
        await client.ConnectAsync(Token);
        await monitor.Subscriptions.ReadAsync(Token);
        Task<RawMessage> fetched = client.FetchAsync(SubscriptionNames.FsMap, Token);
        Assert.True((await monitor.Subscriptions.ReadAsync(Token)).Subscriptions["fsmap"].OneTime);
        await monitor.SendToAllAsync(new MFsMap(new Epoch(2), new byte[] { 1 }));
        await fetched;
        using MonitorSubscription stays = client.Subscribe(SubscriptionNames.FsMap);
        Assert.False((await monitor.Subscriptions.ReadAsync(Token)).Subscriptions["fsmap"].OneTime);
        fetched = client.FetchAsync(SubscriptionNames.FsMap, Token);
        Assert.Equal(new SubscriptionRequest(0, false), (await monitor.Subscriptions.ReadAsync(Token)).Subscriptions["fsmap"]);
        await monitor.SendToAllAsync(new MFsMap(new Epoch(3), new byte[] { 1 }));
        await fetched;
        Assert.Equal(3u, (await stays.Messages.ReadAsync(Token)).As<MFsMap>().Epoch.Value);
    }

    [Fact]
    public async Task Map_that_cannot_be_read_does_not_end_the_session()
    {
        await using var cluster = new FakeMonitors();
        await using var client = new MonitorClient(cluster.Options());
        await client.ConnectAsync(Token);
        await cluster.All[0].SendToAllAsync(new MMgrMap(new byte[] { 1 }));
        while (client.UnreadableMessages == 0)
        {
            await Task.Delay(1, Token);
        }

        Assert.IsType<CephProtocolException>(client.Status.LastError);
        Assert.Equal((42ul, 7ul), await client.GetVersionAsync("osdmap", Token));
        Assert.Equal(1, client.Status.Sessions);
    }

    [Fact]
    public async Task Command_is_answered_with_output_and_map_version()
    {
        await using var cluster = new FakeMonitors();
        await using var client = new MonitorClient(cluster.Options());
        CommandResult result = await client.CommandAsync(new CephCommand("osd pool create").With("pool", "x").With("pg_num", 8), "input"u8.ToArray(), null, Token);
        Assert.Equal("""{"prefix":"osd pool create","format":"json","pool":"x","pg_num":8}""", result.OutputText);
        Assert.Equal(7ul, result.MapVersion);
        MMonCommand command = await cluster.All[0].Commands.ReadAsync(Token);
        Assert.Equal(cluster.Fsid, command.Fsid);
        Assert.Equal("input"u8.ToArray(), command.Data.ToArray());
    }

    [Fact]
    public async Task Commands_side_by_side_each_get_their_own_answer()
    {
        await using var cluster = new FakeMonitors();
        await using var client = new MonitorClient(cluster.Options());
        CommandResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(i => client.CommandAsync(CephCommand.Query($"number {i}"), cancellationToken: Token)));
        Assert.All(results.Select((r, i) => (r, i)), p => Assert.Contains($"\"number {p.i}\"", p.r.OutputText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Idempotent_command_is_sent_again_after_a_lost_session()
    {
        await using var cluster = new FakeMonitors();
        FakeMonitor monitor = cluster.All[0];
        await using var client = new MonitorClient(cluster.Options());
        Func<MMonCommand, MMonCommandAck?> answer = monitor.OnCommand;
        monitor.OnCommand = _ => null;
        Task<CommandResult> command = client.CommandAsync(CephCommand.Query("status"), cancellationToken: Token);
        await monitor.Commands.ReadAsync(Token);
        monitor.OnCommand = answer;
        monitor.DropSessions();
        Assert.True((await command).IsSuccess);
    }

    [Fact]
    public async Task Other_command_fails_after_a_lost_session_because_its_outcome_is_not_known()
    {
        await using var cluster = new FakeMonitors();
        FakeMonitor monitor = cluster.All[0];
        await using var client = new MonitorClient(cluster.Options());
        monitor.OnCommand = _ => null;
        Task<CommandResult> command = client.CommandAsync(new CephCommand("osd down"), cancellationToken: Token);
        await monitor.Commands.ReadAsync(Token);
        monitor.DropSessions();
        CephConnectionException e = await Assert.ThrowsAsync<CephConnectionException>(() => command);
        Assert.Contains("nobody knows whether it ran", e.Message, StringComparison.Ordinal);
        await client.ConnectAsync(Token);
        Assert.False(monitor.Commands.TryRead(out _));
    }

    [Fact]
    public async Task Command_without_an_answer_fails_in_time_and_leaves_room_for_others()
    {
        await using var cluster = new FakeMonitors();
        FakeMonitor monitor = cluster.All[0];
        await using var client = new MonitorClient(cluster.Options() with { MaxCommands = 1 });
        Func<MMonCommand, MMonCommandAck?> answer = monitor.OnCommand;
        monitor.OnCommand = _ => null;
        CephConnectionException e = await Assert.ThrowsAsync<CephConnectionException>(
            () => client.CommandAsync(new CephCommand("osd down"), default, TimeSpan.FromMilliseconds(300), Token));
        Assert.Contains("may have run", e.Message, StringComparison.Ordinal);
        monitor.OnCommand = answer;
        Assert.True((await client.CommandAsync(CephCommand.Query("status"), cancellationToken: Token)).IsSuccess);
    }

    [Fact]
    public async Task Command_that_is_refused_keeps_errno_and_reason()
    {
        await using var cluster = new FakeMonitors();
        cluster.All[0].OnCommand = static c => new MMonCommandAck(-22, "no such thing", c.Command, default);
        await using var client = new MonitorClient(cluster.Options());
        CommandResult result = await client.CommandAsync(new CephCommand("osd frobnicate"), cancellationToken: Token);
        CephServerException e = Assert.Throws<CephServerException>(() => result.EnsureSuccess());
        Assert.Equal((22, "osd frobnicate"), (e.Errno, e.Command));
        Assert.Contains("no such thing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposal_ends_what_waits()
    {
        await using var cluster = new FakeMonitors();
        cluster.All[0].OnCommand = static _ => null;
        var client = new MonitorClient(cluster.Options());
        Task<CommandResult> command = client.CommandAsync(CephCommand.Query("status"), cancellationToken: Token);
        await cluster.All[0].Commands.ReadAsync(Token);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<CephConnectionException>(() => command);
        Assert.Equal(MonitorClientState.Closed, client.Status.State);
    }

    [Fact]
    public async Task Service_ticket_is_fetched_over_the_session_when_it_is_missing_or_shall_be_renewed()
    {
        await using var cluster = new FakeMonitors();
        await using var client = new MonitorClient(cluster.Options() with { WantedTickets = EntityType.Mon });
        await client.ConnectAsync(Token);
        Assert.Null(client.Tickets.Find(EntityType.Mgr));
        await client.CreateServiceAuthenticatorAsync(EntityType.Mgr, cancellationToken: Token);
        CephxTicketBlob first = client.Tickets.Find(EntityType.Mgr)!.Blob;
        await client.CreateServiceAuthenticatorAsync(EntityType.Mgr, cancellationToken: Token);
        Assert.Equal(first, client.Tickets.Find(EntityType.Mgr)!.Blob);
        await client.CreateServiceAuthenticatorAsync(EntityType.Mgr, renew: true, Token);
        Assert.NotEqual(first, client.Tickets.Find(EntityType.Mgr)!.Blob);
        Assert.Equal(1, client.Status.Sessions);
    }

    private static CephKey OptionsKey(MonitorClient client) => client.Options.Key!;
}
