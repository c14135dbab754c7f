using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

public sealed class CephxMonSessionTests
{
    [Theory]
    [InlineData(CephKeyType.Aes128, ConnectionMode.Crc)]
    [InlineData(CephKeyType.Aes128, ConnectionMode.Secure)]
    [InlineData(CephKeyType.Aes256k, ConnectionMode.Crc)]
    [InlineData(CephKeyType.Aes256k, ConnectionMode.Secure)]
    public void Login_right_key_gives_both_ends_the_same_secrets(CephKeyType keyType, ConnectionMode mode)
    {
        var fixture = new CephxFixture(keyType);
        (AuthOutcome client, AuthOutcome server) = fixture.Login(mode);
        Assert.Equal(4100UL, client.GlobalId);
        Assert.Equal(server.GlobalId, client.GlobalId);
        Assert.Equal(server.SessionKey, client.SessionKey, MemoryComparer.Instance);
        Assert.Equal(server.ConnectionSecret, client.ConnectionSecret, MemoryComparer.Instance);
        Assert.Equal(mode == ConnectionMode.Secure ? 64 : 0, client.ConnectionSecret.Length);
        Assert.Null(client.PeerName);
        Assert.Equal(CephxFixture.Client, server.PeerName);
        Assert.Equal("allow r", new AuthCapsInfo(false, server.PeerCaps).ToText());
    }

    [Fact]
    public void Login_tickets_are_given_for_all_wanted_services_and_hold_the_caps()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        foreach ((EntityType service, string caps) in ((EntityType, string)[])[
            (EntityType.Mon, "allow r"), (EntityType.Osd, "allow rw pool=x"), (EntityType.Mgr, "allow *"), (EntityType.Mds, "")])
        {
            CephxTicketBlob blob = fixture.Store.Find(service)!.Blob;
            CephKey secret = fixture.Server.SecretsOf(service).Find(blob.SecretId)!.Key;
            Assert.Equal(caps, CephxServiceTicketInfo.TryOpen(secret, blob)!.Ticket.Caps.ToText());
        }
    }

    [Fact]
    public void CreateServiceAuthenticator_without_a_ticket_names_the_service()
    {
        var fixture = new CephxFixture();
        CephAuthenticationException e = Assert.Throws<CephAuthenticationException>(() => fixture.Store.CreateServiceAuthenticator(EntityType.Mds));
        Assert.Contains("mds", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Login_wrong_key_is_refused_with_EACCES()
    {
        var fixture = new CephxFixture();
        var other = CephKey.Generate(CephKeyType.Aes128, fixture.Time);
        var client = new CephxMonClientAuthenticator(CephxFixture.Client, other, CephxFixture.Wanted, fixture.Store, fixture.Time);
        CephAuthenticationException e = Assert.Throws<CephAuthenticationException>(
            () => CephxFixture.Run(client, fixture.Server.CreateAuthenticator(), ConnectionMode.Crc));
        Assert.Equal(13, e.Errno);
        Assert.Empty(client.Tickets);
    }

    [Fact]
    public void Login_unknown_entity_is_challenged_and_refused_like_a_wrong_key()
    {
        var fixture = new CephxFixture();
        var client = new CephxMonClientAuthenticator(
            new EntityName(EntityType.Client, "nobody"), fixture.ClientKey, CephxFixture.Wanted, fixture.Store, fixture.Time);
        IServerAuthenticator server = fixture.Server.CreateAuthenticator();
        ServerAuthStep step = server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, client.Begin());
        Assert.Null(step.Outcome);
        byte[] answer = client.Continue(step.Reply);
        Assert.Equal(13, Assert.Throws<CephAuthenticationException>(() => server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, answer)).Errno);
    }

    [Fact]
    public void Finish_a_monitor_that_does_not_know_the_key_is_not_believed()
    {
        var fixture = new CephxFixture();
        CephxMonClientAuthenticator client = fixture.NewMonClient();
        IServerAuthenticator server = fixture.Server.CreateAuthenticator();
        byte[] answer = client.Continue(server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, client.Begin()).Reply);
        ServerAuthStep done = server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, answer);

        var stranger = new CephxMonClientAuthenticator(
            CephxFixture.Client, CephKey.Generate(CephKeyType.Aes128, fixture.Time), CephxFixture.Wanted, fixture.Store, fixture.Time);
        IServerAuthenticator challenger = fixture.Server.CreateAuthenticator();
        stranger.Continue(challenger.Handle(AuthMethod.Cephx, ConnectionMode.Crc, stranger.Begin()).Reply);
        CephAuthenticationException e = Assert.Throws<CephAuthenticationException>(() => stranger.Finish(1, ConnectionMode.Crc, done.Reply));
        Assert.Contains("client.admin", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [InlineData(CephKeyType.Aes128)]
    [InlineData(CephKeyType.Aes256k)]
    public void Login_again_keeps_the_global_id_and_seals_the_new_ticket_with_the_old_key(CephKeyType keyType)
    {
        var fixture = new CephxFixture(keyType);
        ulong first = fixture.Login().Client.GlobalId;
        CephxTicket before = fixture.Store.Find(EntityType.Auth)!;
        Assert.True(fixture.NewMonClient().IsReclaim);
        Assert.Equal(first, fixture.Login().Client.GlobalId);
        Assert.NotEqual(before, fixture.Store.Find(EntityType.Auth));
        Assert.Equal(first, fixture.Login().Client.GlobalId);
    }

    [Fact]
    public void Login_after_the_ticket_expired_starts_with_a_new_global_id()
    {
        var fixture = new CephxFixture();
        ulong first = fixture.Login().Client.GlobalId;
        fixture.Time.Now += TimeSpan.FromHours(73);
        Assert.False(fixture.NewMonClient().IsReclaim);
        Assert.NotEqual(first, fixture.Login().Client.GlobalId);
    }

    [Fact]
    public void Login_global_id_of_somebody_else_is_refused()
    {
        var fixture = new CephxFixture();
        ulong victim = fixture.Login().Client.GlobalId;
        var thief = new CephxTicketStore(fixture.Time);
        thief.Adopt(victim, [new CephxTicket(
            EntityType.Auth, fixture.ClientKey, CephxTicketBlob.None, fixture.Time.Now, TimeSpan.FromHours(1))]);
        var client = new CephxMonClientAuthenticator(CephxFixture.Client, fixture.ClientKey, CephxFixture.Wanted, thief, fixture.Time);
        Assert.True(client.IsReclaim);
        Assert.Equal(13, Assert.Throws<CephAuthenticationException>(
            () => CephxFixture.Run(client, fixture.Server.CreateAuthenticator(), ConnectionMode.Crc)).Errno);
    }

    [Fact]
    public void Login_insecure_reclaim_is_allowed_where_the_monitors_allow_it()
    {
        var fixture = new CephxFixture(options: new CephxKeyServerOptions { AllowInsecureReclaim = true });
        var store = new CephxTicketStore(fixture.Time);
        store.Adopt(77, [new CephxTicket(EntityType.Auth, fixture.ClientKey, CephxTicketBlob.None, fixture.Time.Now, TimeSpan.FromHours(1))]);
        var client = new CephxMonClientAuthenticator(CephxFixture.Client, fixture.ClientKey, CephxFixture.Wanted, store, fixture.Time);
        Assert.Equal(77UL, CephxFixture.Run(client, fixture.Server.CreateAuthenticator(), ConnectionMode.Crc).Client.GlobalId);
    }

    [Theory]
    [InlineData(CephKeyType.Aes128)]
    [InlineData(CephKeyType.Aes256k)]
    public void Renewal_service_tickets_are_due_after_three_quarters_and_renewed(CephKeyType keyType)
    {
        var fixture = new CephxFixture(keyType);
        ulong globalId = fixture.Login().Client.GlobalId;
        const EntityType Wanted = EntityType.Osd | EntityType.Mgr;
        Assert.Equal(EntityType.None, fixture.Store.Due(Wanted));
        Assert.Equal(TimeSpan.FromMinutes(45), fixture.Store.UntilRenewal);
        fixture.Time.Now += TimeSpan.FromMinutes(46);
        Assert.Equal(Wanted, fixture.Store.Due(Wanted | EntityType.Auth));
        CephxTicket before = fixture.Store.Find(EntityType.Osd)!;

        var renewal = new CephxTicketRenewal(fixture.Store, fixture.Store.Due(Wanted), fixture.Time);
        byte[] reply = fixture.Server.HandleRequest(CephxFixture.Client, renewal.Request);
        IReadOnlyList<CephxTicket> tickets = renewal.ReadReply(reply);
        Assert.Equal([EntityType.Osd, EntityType.Mgr], tickets.Select(t => t.Service));
        fixture.Store.Renew(tickets);
        Assert.Equal(EntityType.None, fixture.Store.Due(Wanted));
        Assert.NotEqual(before, fixture.Store.Find(EntityType.Osd));
        Assert.Equal(globalId, fixture.Store.GlobalId);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public void Tickets_stay_valid_when_the_clock_is_set(int hours)
    {
        var fixture = new CephxFixture();
        fixture.Login();
        fixture.Time.Set(fixture.Time.Now + TimeSpan.FromHours(hours));
        Assert.NotNull(fixture.Store.Find(EntityType.Osd));
        Assert.Equal(EntityType.None, fixture.Store.Due(EntityType.Osd | EntityType.Auth));
        Assert.Equal(TimeSpan.FromMinutes(45), fixture.Store.UntilRenewal);
        fixture.Time.Now += TimeSpan.FromMinutes(61);
        Assert.Null(fixture.Store.Find(EntityType.Osd));
    }

    [Fact]
    public void Renewal_without_a_valid_session_ticket_asks_for_a_new_session()
    {
        var fixture = new CephxFixture();
        Assert.Throws<CephAuthenticationException>(() => new CephxTicketRenewal(fixture.Store, EntityType.Osd, fixture.Time));
        fixture.Login();
        var renewal = new CephxTicketRenewal(fixture.Store, EntityType.Osd, fixture.Time);
        fixture.Time.Now += TimeSpan.FromHours(73);
        Assert.Throws<CephAuthenticationException>(() => fixture.Server.HandleRequest(CephxFixture.Client, renewal.Request));
        Assert.Null(fixture.Store.Find(EntityType.Auth));
    }

    [Fact]
    public void Due_tickets_that_were_never_given_stay_due()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        fixture.Store.Adopt(7, [fixture.Store.Find(EntityType.Osd)!]);
        Assert.Equal(EntityType.Mds | EntityType.Mgr | EntityType.Mon, fixture.Store.Due(CephxFixture.Wanted));
        fixture.Store.Reset();
        Assert.Equal(0UL, fixture.Store.GlobalId);
        Assert.Equal(CephxFixture.Wanted, fixture.Store.Due(CephxFixture.Wanted));
        Assert.Null(fixture.Store.UntilRenewal);
    }

    [Theory]
    [InlineData(CephKeyType.Aes128)]
    [InlineData(CephKeyType.Aes256k)]
    public void RotatingSecrets_are_given_to_daemons_and_rotate(CephKeyType keyType)
    {
        var fixture = new CephxFixture(keyType);
        RotatingSecrets secrets = CephxRotatingSecretsRequest.ReadReply(
            fixture.Server.HandleRequest(CephxFixture.Mgr, CephxRotatingSecretsRequest.Request), fixture.MgrKey);
        Assert.Equal([1UL, 2UL, 3UL], secrets.Secrets.Select(s => s.Key));
        Assert.Equal(2UL, secrets.Current!.Value.Key);
        Assert.False(secrets.NeedsRenewal(fixture.Time.Now));
        Assert.Equal(fixture.Server.SecretsOf(EntityType.Mgr), secrets);

        fixture.Time.Now += TimeSpan.FromHours(2);
        Assert.True(secrets.NeedsRenewal(fixture.Time.Now));
        RotatingSecrets next = fixture.Server.SecretsOf(EntityType.Mgr);
        Assert.Equal([2UL, 3UL, 4UL], next.Secrets.Select(s => s.Key));
        Assert.Equal(secrets.Find(3), next.Find(3));
    }

    [Fact]
    public void RotatingSecrets_are_not_given_to_clients_nor_read_with_another_key()
    {
        var fixture = new CephxFixture();
        Assert.Throws<CephAuthenticationException>(() => fixture.Server.HandleRequest(CephxFixture.Client, CephxRotatingSecretsRequest.Request));
        byte[] reply = fixture.Server.HandleRequest(CephxFixture.Mgr, CephxRotatingSecretsRequest.Request);
        Assert.Throws<CephAuthenticationException>(() => CephxRotatingSecretsRequest.ReadReply(reply, fixture.ClientKey));
    }

    [Fact]
    public void Reply_with_a_status_is_a_refusal_with_its_errno()
    {
        var fixture = new CephxFixture();
        byte[] reply = [0x00, 0x04, 0xf3, 0xff, 0xff, 0xff];
        Assert.Equal(13, Assert.Throws<CephAuthenticationException>(() => CephxRotatingSecretsRequest.ReadReply(reply, fixture.MgrKey)).Errno);
    }

    [Fact]
    public void Handle_another_method_is_not_supported()
    {
        var fixture = new CephxFixture();
        byte[] hello = fixture.NewMonClient().Begin();
        Assert.Equal(95, Assert.Throws<CephAuthenticationException>(
            () => fixture.Server.CreateAuthenticator().Handle(AuthMethod.None, ConnectionMode.Crc, hello)).Errno);
        Assert.Equal(95, Assert.Throws<CephAuthenticationException>(
            () => fixture.NewMgrServer().Handle(AuthMethod.Gssapi, ConnectionMode.Crc, hello)).Errno);
    }
}
