using System.Net;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>Command lines of ceph over HTTP: answered at once as Calamari did, and what changes something is a request.</summary>
public sealed class CliApiTests(CephClusterFixture fixture)
{
    [Fact]
    public async Task Command_that_changes_something_is_a_request_and_our_map_shows_it_when_it_is_answered()
    {
        await using ApiHost api = await ApiHost.StartAsync(await fixture.GetAsync());
        Assert.Equal(("", "nobackfill is set", 0), await RunAsync(api, "osd set nobackfill"));
        Assert.True((await api.GetAsync($"{api.C}/osd_config")).GetProperty("nobackfill").GetBoolean());
        Assert.Equal(("", "nobackfill is unset", 0), await RunAsync(api, "osd unset nobackfill"));
        Assert.False((await api.GetAsync($"{api.C}/osd_config")).GetProperty("nobackfill").GetBoolean());
        (string output, string error, int status) = await RunAsync(api, "osd pool set nowhere size 2");
        Assert.Equal(("", 2), (output, status));
        Assert.Contains("nowhere", error, StringComparison.Ordinal);

        JsonElement requests = (await api.GetAsync($"{api.C}/request?page_size=3")).GetProperty("results");
        Assert.Equal(
            ["Running 'ceph osd pool set nowhere size 2'", "Running 'ceph osd unset nobackfill'", "Running 'ceph osd set nobackfill'"],
            requests.EnumerateArray().Select(r => r.GetProperty("headline").GetString()));
        Assert.Equal([true, false, false], requests.EnumerateArray().Select(r => r.GetProperty("error").GetBoolean()));
        string audit = (await api.GetAsync("/api/v2/audit?page_size=20")).GetRawText();
        Assert.Contains("ceph osd unset nobackfill", audit, StringComparison.Ordinal);
        Assert.Contains("ceph osd pool set nowhere size 2", audit, StringComparison.Ordinal);

        // A mere question is none.
        await RunAsync(api, "osd pool ls");
        Assert.DoesNotContain("osd pool ls", (await api.GetAsync($"{api.C}/request?page_size=5")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_of_a_command_line_are_answered_once_and_written_down_nowhere()
    {
        await using ApiHost api = await ApiHost.StartAsync(await fixture.GetAsync());
        (string keyring, _, int status) = await RunAsync(api, "auth get-or-create client.line mon 'allow r'");
        Assert.Equal(0, status);
        string key = (await fixture.CephAsync("auth", "print-key", "client.line")).Trim();
        Assert.Contains(key, keyring, StringComparison.Ordinal);
        await RunAsync(api, "config set client.line rgw_keystone_admin_password hunter2");
        Assert.Equal("hunter2", (await fixture.CephAsync("config", "get", "client.line", "rgw_keystone_admin_password")).Trim());
        foreach (string path in new[] { "/api/v2/audit?page_size=50", $"{api.C}/request?page_size=50", $"{api.C}/event?page_size=50" })
        {
            string text = (await api.GetAsync(path)).GetRawText();
            Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
            Assert.DoesNotContain(key, text, StringComparison.Ordinal);
            Assert.Contains("ceph auth get-or-create", text, StringComparison.Ordinal);
        }

        await RunAsync(api, "auth rm client.line");
        await RunAsync(api, "config rm client.line rgw_keystone_admin_password");
    }

    private static async Task<(string Out, string Err, int Status)> RunAsync(ApiHost api, string line)
    {
        JsonElement answer = await api.ExpectAsync(HttpStatusCode.OK, "POST", $"{api.C}/cli", JsonSerializer.Serialize(new { command = line }));
        return (answer.GetProperty("out").GetString()!, answer.GetProperty("err").GetString()!, answer.GetProperty("status").GetInt32());
    }
}
