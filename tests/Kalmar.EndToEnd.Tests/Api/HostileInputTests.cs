using System.Net;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>Names that try to be more than names: taken or refused cleanly, never a second command.</summary>
public sealed class HostileInputTests(CephClusterFixture fixture)
{
    [Fact]
    public async Task Odd_names_are_taken_or_refused_and_never_become_a_second_command()
    {
        await using ApiHost api = await ApiHost.StartAsync(await fixture.GetAsync());
        string[] names = ["qu\"ote", "new\nline", "semi;osd set pause", "ünïcødé-☂", "squid-🦑", "--yes-i-really-mean-it", "$(reboot)", "a b", new string('x', 10_000), "\0", "{\"prefix\":\"osd pause\"}"];
        string[] before = [.. (await fixture.CephAsync("osd", "pool", "ls")).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        foreach (string name in names)
        {
            string body = JsonSerializer.Serialize(new { name, pg_num = 1 });
            (HttpStatusCode status, JsonElement answer) = await api.SendAsync("POST", $"{api.C}/pool", body);
            Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.BadRequest, $"{(int)status} {answer}");
            if (status == HttpStatusCode.Accepted)
            {
                await api.CompleteAsync(answer.GetProperty("request_id").GetString()!, TimeSpan.FromSeconds(60));
            }

            (status, _) = await api.SendAsync("POST", $"{api.C}/cli", JsonSerializer.Serialize(new { command = new[] { "osd", "pool", "get", name, "size" } }));
            Assert.Equal(HttpStatusCode.OK, status);
        }

        using JsonDocument dump = JsonDocument.Parse(await fixture.CephAsync("osd", "dump", "-f", "json"));
        Assert.DoesNotContain("pause", dump.RootElement.GetProperty("flags").GetString(), StringComparison.Ordinal);
        string[] pools = [.. dump.RootElement.GetProperty("pools").EnumerateArray().Select(p => p.GetProperty("pool_name").GetString()!)];
        Assert.All(pools, p => Assert.True(before.Contains(p) || names.Contains(p), p));
        Assert.Contains("squid-🦑", pools);
        Assert.Contains("ünïcødé-☂", pools);
        foreach (string name in names.Intersect(pools))
        {
            long id = (await api.GetAsync($"{api.C}/pool")).EnumerateArray().Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetInt64();
            await api.ChangeAsync("DELETE", $"{api.C}/pool/{id}");
        }
    }

    [Fact]
    public async Task Questions_to_modules_of_the_manager_take_any_text_and_the_manager_lives_on()
    {
        await using ApiHost api = await ApiHost.StartAsync(await fixture.GetAsync());
        foreach (string name in new[] { "🦑", "ü", "a b", "%22", new string('x', 5000) })
        {
            foreach (string path in new[] { "crash", "device", "rbd/perf?pool=", "fs/cephfs/subvolume" })
            {
                string address = path.EndsWith('=') ? $"{api.C}/{path}{Uri.EscapeDataString(name)}" : $"{api.C}/{path}/{Uri.EscapeDataString(name)}";
                (HttpStatusCode status, JsonElement answer) = await api.SendAsync("GET", address);
                Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{address[..Math.Min(80, address.Length)]}: {(int)status} {answer}");
            }
        }

        using JsonDocument crashes = JsonDocument.Parse(await fixture.CephAsync("crash", "ls", "-f", "json"));
        Assert.Equal(0, crashes.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("{\"name\":\"\\ud800\",\"pg_num\":1}")]
    [InlineData("{\"\\udc00\":1}")]
    public async Task Half_a_character_is_refused(string body)
    {
        await using ApiHost api = await ApiHost.StartAsync(await fixture.GetAsync());
        JsonElement refused = await api.ExpectAsync(HttpStatusCode.BadRequest, "POST", $"{api.C}/pool?dry_run=1", body);
        Assert.Contains("no Unicode", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
