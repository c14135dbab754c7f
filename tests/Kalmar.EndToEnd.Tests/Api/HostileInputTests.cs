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
        string[] names = ["qu\"ote", "new\nline", "semi;osd set pause", "ünïcødé-☂", "--yes-i-really-mean-it", "$(reboot)", "a b", new string('x', 10_000), "\0", "{\"prefix\":\"osd pause\"}"];
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
        foreach (string name in names.Intersect(pools))
        {
            long id = (await api.GetAsync($"{api.C}/pool")).EnumerateArray().Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetInt64();
            await api.ChangeAsync("DELETE", $"{api.C}/pool/{id}");
        }
    }
}
