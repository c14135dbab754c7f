using Kalmar.Manager.State;
using Kalmar.Testing;

namespace Kalmar.Manager.Tests.State;

public sealed class PostgresStateTests(PostgresFixture server) : StateSuite
{
    [Fact]
    public async Task Wrong_password_or_server_is_a_clear_error_without_the_password()
    {
        await using var nowhere = new PostgresDatabase("Host=127.0.0.1;Port=1;Username=u;Password=very-secret;Database=d;Timeout=2");
        StateStoreException e = await Assert.ThrowsAsync<StateStoreException>(
            () => StateStore.OpenAsync(nowhere, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains("state database 'd' at 127.0.0.1:1", e.Message, StringComparison.Ordinal);
        Assert.Contains("check that the server runs", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", e.ToString(), StringComparison.Ordinal);
        StateStoreException broken = Assert.Throws<StateStoreException>(() => new PostgresDatabase("Host=x;Passwort=very-secret"));
        Assert.DoesNotContain("very-secret", broken.Message, StringComparison.Ordinal);
    }

    protected override IStateUnderTest Make() => new PostgresUnderTest(server);
}
