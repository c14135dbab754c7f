using Kalmar.Rados.Configuration;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Tests.Auth;

/// <summary>What real daemons do for real users that lack caps, and that what we say about it is true.</summary>
[Collection("cluster")]
public sealed class MissingCapsTests(CephClusterFixture ceph)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tickets_come_without_caps_and_the_daemons_refuse_with_advice()
    {
        await using RadosCluster cluster = await ConnectAsync("onlymon", "mon", "allow r");
        foreach (EntityType service in (EntityType[])[EntityType.Osd, EntityType.Mgr, EntityType.Mds])
        {
            await cluster.Monitors.CreateServiceAuthenticatorAsync(service, renew: true, cancellationToken: Cancelled);
            Assert.NotNull(cluster.Monitors.Tickets.Find(service));
        }

        CephCommand dump = CephCommand.Query("perf dump");
        AssertRefused(await cluster.TellOsdAsync(new OsdId(0), dump, cancellationToken: Cancelled), "osd 'allow *'");
        AssertRefused(await cluster.TellMgrAsync(dump, cancellationToken: Cancelled), "mgr 'allow *'");
        AssertRefused(await cluster.MgrCommandAsync(CephCommand.Query("osd df"), cancellationToken: Cancelled), "mgr 'allow r'");
        AssertRefused(await cluster.TellMonAsync("a", dump, cancellationToken: Cancelled), "mon 'allow *' or 'allow command \"perf dump\"'");
        AssertRefused(
            await cluster.CommandAsync(new CephCommand("osd pool create").With("pool", "never").With("pg_num", 1), cancellationToken: Cancelled),
            "client.onlymon lacks mon caps for this");
    }

    [Theory]
    [InlineData("osd", "allow rwx", false)]
    [InlineData("osd", "allow *", true)]
    [InlineData("mgr", "allow r", false)]
    [InlineData("mgr", "allow *", true)]
    public async Task Caps_that_the_advice_names_are_enough_and_less_is_not(string service, string caps, bool enough)
    {
        string user = $"{service}{(enough ? "all" : "some")}";
        await using RadosCluster cluster = await ConnectAsync(user, "mon", "allow r", service, caps);
        CephCommand dump = CephCommand.Query("perf dump");
        CommandResult result = service == "osd"
            ? await cluster.TellOsdAsync(new OsdId(1), dump, cancellationToken: Cancelled)
            : await cluster.TellMgrAsync(dump, cancellationToken: Cancelled);
        Assert.Equal(enough, result.IsSuccess);
        if (service == "mgr")
        {
            (await cluster.MgrCommandAsync(CephCommand.Query("osd df"), cancellationToken: Cancelled)).EnsureSuccess();
        }
    }

    [Fact]
    public async Task User_without_any_caps_is_told_that_mon_caps_may_be_missing()
    {
        CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(() => ConnectAsync("nothing"));
        Assert.Contains("has no mon caps", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_that_was_removed_is_named_when_tickets_are_renewed()
    {
        await using RadosCluster cluster = await ConnectAsync("gone", "mon", "allow r", "osd", "allow *");
        (await cluster.TellOsdAsync(new OsdId(0), CephCommand.Query("perf dump"), cancellationToken: Cancelled)).EnsureSuccess();
        await ceph.CephAsync("auth", "rm", "client.gone");
        CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(
            () => cluster.Monitors.CreateServiceAuthenticatorAsync(EntityType.Osd, renew: true, cancellationToken: Cancelled));
        Assert.Contains("they don't know client.gone any more", e.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(CommandResult result, string advice)
    {
        Assert.Equal(-13, result.Result);
        Assert.Contains(advice, result.Advice, StringComparison.Ordinal);
        CephServerException e = Assert.Throws<CephServerException>(result.EnsureSuccess);
        Assert.Contains("client.onlymon", e.Message, StringComparison.Ordinal);
        Assert.Equal(13, e.Errno);
    }

    private async Task<RadosCluster> ConnectAsync(string user, params string[] caps)
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        await ceph.CephAsync(["auth", "get-or-create", $"client.{user}", .. caps]);
        CephKey key = CephKey.Parse(await ceph.CephAsync("auth", "print-key", $"client.{user}"));
        CephConnectOptions options = await CephConnectOptions.ResolveAsync(new CephConnectArguments { ConfPath = sandbox.ConfPath }, TimeProvider.System, Cancelled);
        return await RadosCluster.ConnectAsync(options with { Name = EntityName.Parse($"client.{user}"), Key = key }, TimeProvider.System, Cancelled);
    }
}
