using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

public sealed class NoneAuthenticatorTests
{
    private static readonly EntityName Name = new(EntityType.Client, "admin");

    [Fact]
    public void Login_new_client_is_given_a_global_id()
    {
        var server = new NoneServerAuthenticator(() => 9);
        (AuthOutcome client, _) = CephxFixture.Run(new NoneClientAuthenticator(Name, 0, EntityType.Mon), server, ConnectionMode.Crc);
        Assert.Equal(9UL, client.GlobalId);
        Assert.True(client.SessionKey.IsEmpty);
        Assert.Equal(Name, server.ClaimedName);
    }

    [Fact]
    public void Login_client_with_a_global_id_keeps_it_with_monitors_and_daemons()
    {
        foreach (EntityType service in (EntityType[])[EntityType.Mon, EntityType.Osd])
        {
            var server = new NoneServerAuthenticator(() => 9);
            Assert.Equal(5UL, CephxFixture.Run(new NoneClientAuthenticator(Name, 5, service), server, ConnectionMode.Crc).Server.GlobalId);
        }
    }

    [Fact]
    public void Login_secure_mode_is_refused_at_both_ends()
    {
        var client = new NoneClientAuthenticator(Name, 5, EntityType.Osd);
        Assert.Throws<CephAuthenticationException>(() => client.Finish(5, ConnectionMode.Secure, []));
        Assert.Throws<CephAuthenticationException>(
            () => new NoneServerAuthenticator(() => 9).Handle(AuthMethod.None, ConnectionMode.Secure, client.Begin()));
        Assert.Throws<CephProtocolException>(() => client.Continue([1]));
    }

    [Fact]
    public void Handle_another_method_is_not_supported() => Assert.Equal(95, Assert.Throws<CephAuthenticationException>(
        () => new NoneServerAuthenticator(() => 9).Handle(AuthMethod.Cephx, ConnectionMode.Crc, [10])).Errno);
}
