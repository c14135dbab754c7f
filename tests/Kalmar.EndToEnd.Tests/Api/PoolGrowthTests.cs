using System.Net;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>A pool grows, and whoever reads after its request is complete sees it.</summary>
public sealed class PoolGrowthTests(CephClusterFixture fixture)
{
    private static int Rounds => Environment.GetEnvironmentVariable("KALMAR_TEST_LONG") == "1" ? 100 : 3;

    [Fact]
    public async Task Grown_pool_shows_its_placement_groups_in_the_very_next_answer()
    {
        await using ApiHost api = await ApiHost.StartAsync(await fixture.GetAsync(), ("requests:newPgsPerOsd", "5"));
        int rounds = Rounds;
        HashSet<string> progress = [];
        for (int round = 0; round < rounds; round++)
        {
            string name = $"grow{round}";
            await api.ChangeAsync("POST", $"{api.C}/pool", $$"""{"name":"{{name}}","pg_num":8,"size":1,"min_size":1}""");
            long id = (await api.GetAsync($"{api.C}/pool")).EnumerateArray().Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetInt64();
            string request = (await api.ExpectAsync(HttpStatusCode.Accepted, "PATCH", $"{api.C}/pool/{id}", """{"pg_num":64}""")).GetProperty("request_id").GetString()!;
            while (true)
            {
                JsonElement now = await api.GetAsync($"/api/v2/request/{request}");
                progress.Add(now.GetProperty("status").GetString() ?? "");
                if (now.GetProperty("state").GetString() == "complete")
                {
                    Assert.False(now.GetProperty("error").GetBoolean(), now.GetRawText());
                    break;
                }

                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(64, (await api.GetAsync($"{api.C}/pool/{id}")).GetProperty("pg_num").GetInt32());
            }

            await api.ChangeAsync("DELETE", $"{api.C}/pool/{id}");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{rounds} pools grew from 8 to 64; {progress.Count} different lines of progress, for example: {progress.OrderByDescending(p => p.Length).First()}");

        // Five for each of three OSDs at a time: 8, 23, 38, 53, 64.
        string[] blocks = [.. new[] { 23, 38, 53, 64 }.Where(b => progress.Any(p => p.Contains($"Growing to {b} of 64 PGs", StringComparison.Ordinal))).Select(b => $"{b}")];
        Assert.True(blocks.Length > 1, $"blocks seen: {string.Join(", ", blocks)}; progress:\n{string.Join('\n', progress)}");
    }
}
