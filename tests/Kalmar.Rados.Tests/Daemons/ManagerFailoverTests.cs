using System.Text.Json;
using Kalmar.Rados.Configuration;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Daemons;

/// <summary>Commands to the manager while managers are replaced, again and again.</summary>
public sealed class ManagerFailoverTests(TwoManagersFixture fixture) : IClassFixture<TwoManagersFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_is_answered_by_each_manager_that_follows_and_nothing_is_sent_while_there_is_none()
    {
        await using RadosCluster cluster = await RadosCluster.ConnectAsync(
            new CephConnectArguments { ConfPath = (await fixture.GetAsync()).ConfPath }, cancellationToken: Token);
        (await cluster.MgrCommandAsync(CephCommand.Query("osd df"), cancellationToken: Token)).EnsureSuccess();
        for (int round = 0; round < 3; round++)
        {
            string before = await ActiveAsync();
            await fixture.CephAsync("mgr", "fail");
            await fixture.CephAsync("mgr", "fail");
            await Eventually.TrueAsync("another manager is active and answers", async () =>
            {
                try
                {
                    CommandResult result = await cluster.MgrCommandAsync(CephCommand.Query("osd df"), default, TimeSpan.FromSeconds(60), Token);
                    return result.IsSuccess && await ActiveAsync() is { Length: > 0 } now && now != before;
                }
                catch (CephConnectionException e) when (e.Message.Contains("no manager is active", StringComparison.Ordinal))
                {
                    Assert.True(e.NothingSent);
                    return false;
                }
            }, TimeSpan.FromSeconds(60));
        }
    }

    private async Task<string> ActiveAsync()
    {
        using JsonDocument dump = JsonDocument.Parse(await fixture.CephAsync("mgr", "dump", "-f", "json"));
        return dump.RootElement.GetProperty("available").GetBoolean() ? dump.RootElement.GetProperty("active_gid").GetRawText() : "";
    }
}
