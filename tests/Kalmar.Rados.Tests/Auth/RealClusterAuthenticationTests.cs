using System.Text.Json;
using Kalmar.Rados.Configuration;
using Kalmar.Rados.Messenger;
using Kalmar.Rados.Monitors;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Auth;

/// <summary>The clients' side of cephx, tried with real monitors and OSDs, and our service side with tickets and secrets of real monitors.</summary>
[Collection("cluster")]
public sealed class RealClusterAuthenticationTests(CephClusterFixture ceph)
{
    private const EntityType Wanted = EntityType.Mon | EntityType.Osd | EntityType.Mds | EntityType.Mgr;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConnectionMode.Crc)]
    [InlineData(ConnectionMode.Secure)]
    public async Task Login_at_a_real_monitor_keeps_the_global_id_over_connections(ConnectionMode mode)
    {
        CephConnectOptions options = await OptionsAsync();
        var store = new CephxTicketStore(TimeProvider.System);
        ulong first = await LoginAsync(options, store, mode);
        Assert.NotEqual(0UL, first);
        Assert.Equal(EntityType.None, store.Due(Wanted | EntityType.Auth));
        Assert.Equal(first, await LoginAsync(options, store, mode));
        Assert.Equal(first, await LoginAsync(options, store, mode));
        store.Reset();
        Assert.NotEqual(first, await LoginAsync(options, store, mode));
    }

    [Fact]
    public async Task Login_with_a_global_id_but_another_ticket_is_refused()
    {
        CephConnectOptions options = await OptionsAsync();
        var store = new CephxTicketStore(TimeProvider.System);
        ulong first = await LoginAsync(options, store, ConnectionMode.Secure);
        var other = new CephxTicketStore(TimeProvider.System);
        await LoginAsync(options, other, ConnectionMode.Secure);
        var thief = new CephxTicketStore(TimeProvider.System);
        thief.Adopt(first, [other.Find(EntityType.Auth)!]);
        CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(() => LoginAsync(options, thief, ConnectionMode.Secure));
        Assert.Equal(13, e.Errno);
    }

    [Fact]
    public async Task Login_with_a_wrong_key_or_an_unknown_name_is_refused()
    {
        CephConnectOptions options = await OptionsAsync();
        var wrong = options with { Key = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System) };
        var unknown = options with { Name = EntityName.Parse("client.nobody") };
        foreach (CephConnectOptions bad in (CephConnectOptions[])[wrong, unknown])
        {
            CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(
                () => LoginAsync(bad, new CephxTicketStore(TimeProvider.System), ConnectionMode.Secure));
            Assert.Equal(13, e.Errno);
            Assert.DoesNotContain(bad.Key!.ToBase64(), e.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ConnectionMode.Crc)]
    [InlineData(ConnectionMode.Secure)]
    public async Task Authorize_at_a_real_OSD_works_with_renewed_tickets(ConnectionMode mode)
    {
        CephConnectOptions options = await OptionsAsync();
        await using MonitorClient monitors = await ConnectAsync(options);
        CephxTicket before = monitors.Tickets.Find(EntityType.Osd)!;
        var renewal = new CephxTicketRenewal(monitors.Tickets, Wanted, TimeProvider.System);
        MAuthReply reply = await monitors.AuthenticateAsync(renewal.Request, Cancelled);
        monitors.Tickets.Renew(renewal.ReadReply(reply.Payload.Span));
        Assert.NotEqual(before, monitors.Tickets.Find(EntityType.Osd));

        await using MessengerConnection osd = await MessengerConnection.ConnectAsync(
            await OsdAddressAsync(0),
            EntityType.Osd,
            monitors.Tickets.CreateServiceAuthenticator(EntityType.Osd),
            new MessengerOptions { Modes = [mode] },
            Cancelled);
        Assert.Equal(mode, osd.Peer.Mode);
        Assert.Equal(new EntityInstance(EntityType.Osd, 0), osd.Peer.Instance);
    }

    [Fact]
    public async Task Authorize_with_an_altered_ticket_is_refused_by_a_real_OSD()
    {
        CephConnectOptions options = await OptionsAsync();
        await using MonitorClient monitors = await ConnectAsync(options);
        CephxTicket ticket = monitors.Tickets.Find(EntityType.Osd)!;
        byte[] altered = ticket.Blob.Blob.ToArray();
        altered[^1] ^= 1;
        var authenticator = new CephxServiceClientAuthenticator(
            monitors.GlobalId, ticket with { Blob = ticket.Blob with { Blob = altered } });

        // An OSD gives no reason: it closes the connection.
        await Assert.ThrowsAnyAsync<CephException>(async () => await MessengerConnection.ConnectAsync(
            await OsdAddressAsync(0), EntityType.Osd, authenticator, new MessengerOptions(), Cancelled));
    }

    [Fact]
    public async Task Tickets_of_real_monitors_are_opened_with_the_rotating_secrets_of_a_manager()
    {
        CephConnectOptions options = await OptionsAsync();
        await using MonitorClient client = await ConnectAsync(options);

        var mgrName = EntityName.Parse("mgr.kalmar");
        await ceph.CephAsync("auth", "get-or-create", "mgr.kalmar", "mon", "allow profile mgr", "osd", "allow *", "mds", "allow *");
        CephKey mgrKey = CephKey.Parse(await ceph.CephAsync("auth", "print-key", "mgr.kalmar"));
        await using MonitorClient mgr = await ConnectAsync(options with { Name = mgrName, Key = mgrKey });
        MAuthReply reply = await mgr.AuthenticateAsync(CephxRotatingSecretsRequest.Request, Cancelled);
        RotatingSecrets secrets = CephxRotatingSecretsRequest.ReadReply(reply.Payload.Span, mgrKey);
        Assert.Equal(RotatingSecrets.UsualCount, secrets.Secrets.Count);
        Assert.False(secrets.NeedsRenewal(TimeProvider.System.GetUtcNow()));

        var server = new CephxServiceServerAuthenticator(EntityType.Mgr, secrets, TimeProvider.System);
        IClientAuthenticator caller = client.Tickets.CreateServiceAuthenticator(EntityType.Mgr);
        ServerAuthStep challenge = server.Handle(AuthMethod.Cephx, ConnectionMode.Secure, caller.Begin());
        Assert.Null(challenge.Outcome);
        ServerAuthStep done = server.Handle(AuthMethod.Cephx, ConnectionMode.Secure, caller.Continue(challenge.Reply));
        Assert.Equal("client.admin", done.Outcome!.PeerName.ToString());
        Assert.Equal("allow *", server.PeerCaps!.ToText());
        AuthOutcome outcome = caller.Finish(client.GlobalId, ConnectionMode.Secure, done.Reply);
        Assert.Equal(done.Outcome.ConnectionSecret.ToArray(), outcome.ConnectionSecret.ToArray());
        await ceph.CephAsync("auth", "rm", "mgr.kalmar");
    }

    private async Task<CephConnectOptions> OptionsAsync()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        return await CephConnectOptions.ResolveAsync(new CephConnectArguments { ConfPath = cluster.ConfPath }, TimeProvider.System, Cancelled);
    }

    private static async Task<MonitorClient> ConnectAsync(CephConnectOptions options)
    {
        var client = new MonitorClient(new MonitorClientOptions
        {
            Name = options.Name,
            Key = options.Key,
            Monitors = [.. options.Monitors.Select(m => m.Msgr2!)],
            Messenger = new MessengerOptions { EntityType = options.Name.Type, Modes = options.MonitorModes },
        });
        await client.ConnectAsync(Cancelled);
        return client;
    }

    private static async Task<ulong> LoginAsync(CephConnectOptions options, CephxTicketStore store, ConnectionMode mode)
    {
        var authenticator = new CephxMonClientAuthenticator(options.Name, options.Key!, Wanted, store, TimeProvider.System);
        await using MessengerConnection connection = await MessengerConnection.ConnectAsync(
            options.Monitors[0].Msgr2!, EntityType.Mon, authenticator, new MessengerOptions { Modes = [mode] }, Cancelled);
        Assert.Equal(mode, connection.Peer.Mode);
        store.Adopt(connection.Peer.GlobalId, authenticator.Tickets);
        return connection.Peer.GlobalId;
    }

    /// <summary>The address of messenger 2 as "osd dump" tells it.</summary>
    private async Task<EntityAddress> OsdAddressAsync(int osd)
    {
        using JsonDocument dump = JsonDocument.Parse(await ceph.CephAsync("osd", "dump", "-f", "json"));
        JsonElement address = dump.RootElement.GetProperty("osds").EnumerateArray()
            .Single(o => o.GetProperty("osd").GetInt32() == osd)
            .GetProperty("public_addrs").GetProperty("addrvec").EnumerateArray()
            .Single(a => a.GetProperty("type").ValueEquals("v2"));
        return new EntityAddress(
            EntityAddressType.Msgr2,
            address.GetProperty("nonce").GetUInt32(),
            System.Net.IPEndPoint.Parse(address.GetProperty("addr").GetString()!));
    }
}
