using System.Security.Cryptography;
using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

public sealed class CephxServiceSessionTests
{
    [Theory]
    [InlineData(CephKeyType.Aes128, ConnectionMode.Crc)]
    [InlineData(CephKeyType.Aes128, ConnectionMode.Secure)]
    [InlineData(CephKeyType.Aes256k, ConnectionMode.Crc)]
    [InlineData(CephKeyType.Aes256k, ConnectionMode.Secure)]
    public void Authorize_ticket_of_the_monitors_gives_name_caps_and_secrets(CephKeyType keyType, ConnectionMode mode)
    {
        var fixture = new CephxFixture(keyType);
        ulong globalId = fixture.Login().Client.GlobalId;
        CephxServiceServerAuthenticator mgr = fixture.NewMgrServer();
        (AuthOutcome client, AuthOutcome server) = CephxFixture.Run(fixture.Store.CreateServiceAuthenticator(EntityType.Mgr), mgr, mode);
        Assert.Equal(globalId, server.GlobalId);
        Assert.Equal(CephxFixture.Client, server.PeerName);
        Assert.Equal("allow *", new AuthCapsInfo(false, server.PeerCaps).ToText());
        Assert.Equal("allow *", mgr.PeerCaps!.ToText());
        Assert.False(mgr.PeerCaps.AllowAll);
        Assert.Equal(server.SessionKey, client.SessionKey, MemoryComparer.Instance);
        Assert.Equal(server.ConnectionSecret, client.ConnectionSecret, MemoryComparer.Instance);
        Assert.Equal(mode == ConnectionMode.Secure ? 64 : 0, server.ConnectionSecret.Length);
    }

    [Fact]
    public void Authorize_with_the_ticket_of_another_service_is_refused()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        Refused(fixture.Store.CreateServiceAuthenticator(EntityType.Osd), fixture.NewMgrServer());
    }

    [Fact]
    public void Authorize_under_a_secret_that_rotated_away_is_refused()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        CephxServiceClientAuthenticator client = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr);
        RotatingSecrets secrets = fixture.Server.SecretsOf(EntityType.Mgr);
        var later = new RotatingSecrets([.. secrets.Secrets.Where(s => s.Key != secrets.Current!.Value.Key)], secrets.NewestId);
        CephAuthenticationException e = Refused(client, new CephxServiceServerAuthenticator(EntityType.Mgr, later, fixture.Time));
        Assert.Contains("secret 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Authorize_with_an_expired_ticket_is_refused_after_the_tolerance()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        CephxServiceClientAuthenticator client = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr);
        RotatingSecrets secrets = fixture.Server.SecretsOf(EntityType.Mgr);
        fixture.Time.Now += TimeSpan.FromMinutes(64);
        Assert.NotNull(CephxFixture.Run(client, new CephxServiceServerAuthenticator(EntityType.Mgr, secrets, fixture.Time), ConnectionMode.Crc).Server);
        fixture.Time.Now += TimeSpan.FromMinutes(2);
        CephAuthenticationException e = Refused(
            new CephxServiceClientAuthenticator(4100, Ticket(fixture)), new CephxServiceServerAuthenticator(EntityType.Mgr, secrets, fixture.Time));
        Assert.Contains("expired", e.Message, StringComparison.Ordinal);

        CephxTicket Ticket(CephxFixture f)
        {
            f.Time.Now -= TimeSpan.FromMinutes(66);
            CephxTicket ticket = f.Store.Find(EntityType.Mgr)!;
            f.Time.Now += TimeSpan.FromMinutes(66);
            return ticket;
        }
    }

    [Fact]
    public void Authorize_with_another_global_id_is_refused()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        Refused(new CephxServiceClientAuthenticator(4711, fixture.Store.Find(EntityType.Mgr)!), fixture.NewMgrServer());
    }

    [Fact]
    public void Authorize_with_a_stolen_ticket_but_no_session_key_is_refused()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        CephxTicket ticket = fixture.Store.Find(EntityType.Mgr)! with { SessionKey = CephKey.Generate(CephKeyType.Aes128, fixture.Time) };
        Refused(new CephxServiceClientAuthenticator(fixture.Store.GlobalId, ticket), fixture.NewMgrServer());
    }

    [Fact]
    public void Handle_the_same_authorizer_twice_does_not_pass_the_challenge()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        byte[] request = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr).Begin();
        CephxServiceServerAuthenticator server = fixture.NewMgrServer();
        Assert.Null(server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, request).Outcome);
        Assert.Throws<CephAuthenticationException>(() => server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, request));
        Assert.Throws<CephProtocolException>(() => server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, request));
    }

    [Fact]
    public void Handle_a_whole_exchange_replayed_to_another_connection_is_refused()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        CephxServiceClientAuthenticator client = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr);
        CephxServiceServerAuthenticator first = fixture.NewMgrServer();
        byte[] begin = client.Begin();
        byte[] answer = client.Continue(first.Handle(AuthMethod.Cephx, ConnectionMode.Crc, begin).Reply);
        Assert.NotNull(first.Handle(AuthMethod.Cephx, ConnectionMode.Crc, answer).Outcome);

        CephxServiceServerAuthenticator second = fixture.NewMgrServer();
        second.Handle(AuthMethod.Cephx, ConnectionMode.Crc, begin);
        Assert.Throws<CephAuthenticationException>(() => second.Handle(AuthMethod.Cephx, ConnectionMode.Crc, answer));
    }

    [Fact]
    public void Finish_a_daemon_that_cannot_open_the_ticket_is_not_believed()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        CephxServiceClientAuthenticator client = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr);
        client.Begin();
        var guess = new WireWriter();
        guess.WriteBlob(RandomNumberGenerator.GetBytes(96));
        Assert.Throws<CephAuthenticationException>(() => client.Finish(1, ConnectionMode.Crc, guess.WrittenSpan));
        Assert.Throws<CephAuthenticationException>(() => client.Continue(RandomNumberGenerator.GetBytes(32)));
        Assert.Throws<CephProtocolException>(() => client.Continue([]));
    }

    [Fact]
    public void Finish_the_reply_of_another_session_is_not_believed()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        CephxServiceClientAuthenticator first = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr);
        CephxServiceServerAuthenticator server = fixture.NewMgrServer();
        byte[] answer = first.Continue(server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, first.Begin()).Reply);
        byte[] reply = server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, answer).Reply;
        CephxServiceClientAuthenticator second = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr);
        second.Begin();
        Assert.Throws<CephAuthenticationException>(() => second.Finish(1, ConnectionMode.Crc, reply));
        Assert.NotNull(first.Finish(1, ConnectionMode.Crc, reply));
    }

    [Fact]
    public void TryOpen_a_ticket_with_any_altered_bit_is_refused()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        RotatingSecrets secrets = fixture.Server.SecretsOf(EntityType.Mgr);
        CephxTicketBlob blob = fixture.Store.Find(EntityType.Mgr)!.Blob;
        CephKey secret = secrets.Find(blob.SecretId)!.Key;
        CephxServiceTicketInfo original = CephxServiceTicketInfo.TryOpen(secret, blob)!;
        int believed = 0;
        for (int bit = 0; bit < blob.Blob.Length * 8; bit++)
        {
            byte[] altered = blob.Blob.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            if (CephxServiceTicketInfo.TryOpen(secret, new CephxTicketBlob(blob.SecretId, altered)) is { } info)
            {
                // CBC without a MAC lets single bits through where nothing can be checked: in the keys and names. More than those must not pass.
                believed++;
                Assert.False(info.Ticket.Caps.AllowAll);
                Assert.Equal(original.Ticket.Flags, info.Ticket.Flags);
            }
        }

        Assert.InRange(believed, 0, blob.Blob.Length * 8 / 2);
    }

    [Fact]
    public void Finish_secure_mode_without_a_whole_connection_secret_is_refused()
    {
        var fixture = new CephxFixture();
        fixture.Login();
        CephxServiceClientAuthenticator client = fixture.Store.CreateServiceAuthenticator(EntityType.Mgr);
        CephxServiceServerAuthenticator server = fixture.NewMgrServer();
        byte[] answer = client.Continue(server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, client.Begin()).Reply);
        byte[] reply = server.Handle(AuthMethod.Cephx, ConnectionMode.Crc, answer).Reply;
        Assert.Throws<CephProtocolException>(() => client.Finish(1, ConnectionMode.Secure, reply));
    }

    private static CephAuthenticationException Refused(IClientAuthenticator client, IServerAuthenticator server)
    {
        CephAuthenticationException e = Assert.Throws<CephAuthenticationException>(() => CephxFixture.Run(client, server, ConnectionMode.Crc));
        Assert.Equal(13, e.Errno);
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }
}
