using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kalmar.Manager.Audit;
using Kalmar.Manager.State;
using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests;

/// <summary>
/// <c>kalmar serve</c> is killed again and again while a client sends changes over HTTP; Ceph's own audit log is the judge of what was run and how often.
/// </summary>
public sealed partial class KilledServerTests(CephClusterFixture ceph, PostgresFixture postgres)
{
    private const int Seed = 20261122;
    private const int MostForRound = 12;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("KALMAR_TEST_LONG") == "1";

    private string _fsid = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_while_changes_come_over_http_loses_none_that_was_taken_and_runs_none_twice(bool inPostgres)
    {
        int kills = IsLong ? 50 : inPostgres ? 2 : 3;
        SandboxCluster sandbox = await ceph.GetAsync();
        string basis = inPostgres ? "http-base-pg" : "http-base";
        await ceph.CephAsync("osd", "pool", "create", basis, "1");
        using KilledServer server = await KilledServer.MakeAsync(sandbox, inPostgres ? await postgres.CreateDatabaseAsync() : await StateSwitch.NewDatabaseAsync());
        using HttpClient http = new() { BaseAddress = new Uri(server.Address), Timeout = TimeSpan.FromSeconds(30) };
        var random = new Random(Seed);
        List<Sent> sent = [];
        int unfinished = 0;
        string pool = "";
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (int round = 0; round < kills; round++)
        {
            await using (KalmarProcess kalmar = server.Start())
            {
                pool = await ReadyAsync(kalmar, server, http, basis, pool);
                using var killed = new CancellationTokenSource();
                Task client = SendAsync(http, pool, basis, round, sent, answered, killed.Token);
                await Task.Delay(random.Next(20, 1500), Token);
                if (round == kills - 1)
                {
                    // On a busy machine no answer may have come in time in any round; the last kill waits for one.
                    await Task.WhenAny(answered.Task, client).WaitAsync(TimeSpan.FromSeconds(60), Token);
                }

                await kalmar.KillAsync();
                await killed.CancelAsync();
                await client;
            }

            await using StateStore state = await server.OpenAsync();
            unfinished += (await state.Requests.PendingAsync(Token)).Count;
            AuditVerdict verdict = await state.Audit.VerifyAsync(null, Token);
            Assert.True(verdict.IsIntact, verdict.Problem);
        }

        await using (KalmarProcess kalmar = server.Start())
        {
            await ReadyAsync(kalmar, server, http, basis, pool);
            await Eventually.TrueAsync(
                "all requests have ended",
                async () => (await GetAsync(http, "/api/v2/request?state=submitted&page_size=1")).GetProperty("count").GetInt32() == 0,
                TimeSpan.FromMinutes(3));
            await JudgeAsync(http, basis, sent, kills, unfinished);
        }

        (int exit, string output, string error) = await server.VerifyAsync();
        Assert.True(exit == 0, error);
        Assert.StartsWith("intact: ", output, StringComparison.Ordinal);
        await ceph.CephAsync("osd", "pool", "delete", basis, basis, "--yes-i-really-really-mean-it");
    }

    /// <summary>One after the other, of three kinds, until the server is gone.</summary>
    private async Task SendAsync(HttpClient http, string pool, string basis, int round, List<Sent> sent, TaskCompletionSource answered, CancellationToken killed)
    {
        for (int i = 0; i < MostForRound && !killed.IsCancellationRequested; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{basis}-{round}-{i}");
            (string path, string body, bool once) = (i % 3) switch
            {
                0 => ($"pool/{pool}/snapshot", $$"""{"name":"{{name}}"}""", true),
                1 => ("config_db", $$"""{"who":"client.{{name}}","name":"debug_client","value":"1"}""", false),
                _ => ("cli", $$"""{"command":["osd","pool","mksnap","{{basis}}","{{name}}"]}""", true),
            };
            string? id = null;
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await http.PostAsync(new Uri($"/api/v2/cluster/{_fsid}/{path}", UriKind.Relative), content, CancellationToken.None);
                string text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{path} {body}: {(int)answer.StatusCode} {text}");
                using JsonDocument told = JsonDocument.Parse(text);
                id = answer.StatusCode == HttpStatusCode.OK ? "" : told.RootElement.GetProperty("request_id").GetString();
                answered.TrySetResult();
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // Killed before the answer came: nobody knows whether it was taken.
            }

            sent.Add(new Sent(name, id, once));
            await Task.Delay(30, CancellationToken.None);
        }
    }

    private async Task JudgeAsync(HttpClient http, string basis, List<Sent> sent, int kills, int unfinished)
    {
        string file = Assert.Single(Directory.GetFiles(Path.Combine((await ceph.GetAsync()).Folder, "log"), "*mon.a.log"));
        string[] log = [.. (await File.ReadAllLinesAsync(file, Token)).Where(l => l.Contains("log_channel(audit)", StringComparison.Ordinal) && l.Contains(basis, StringComparison.Ordinal))];
        using JsonDocument pools = JsonDocument.Parse(await ceph.CephAsync("osd", "pool", "ls", "detail", "-f", "json"));
        HashSet<string> there =
        [
            .. pools.RootElement.EnumerateArray().Single(p => p.GetProperty("pool_name").GetString() == basis).GetProperty("pool_snaps").EnumerateArray().Select(s => s.GetProperty("name").GetString()!),
        ];
        using JsonDocument options = JsonDocument.Parse(await ceph.CephAsync("config", "dump", "-f", "json"));
        there.UnionWith(options.RootElement.EnumerateArray().Select(o => o.GetProperty("section").GetString()!.Replace("client.", "", StringComparison.Ordinal)));
        int taken = 0;
        int failed = 0;
        foreach (Sent one in sent)
        {
            // The monitors write no arguments of "config set" into their log, for they may be secret.
            int arrivals = log.Count(l => l.Contains($"\"{one.Name}\"", StringComparison.Ordinal) && l.Contains("dispatch", StringComparison.Ordinal));
            Assert.True(!one.Once || arrivals <= 1, $"{one.Name} came to the monitors {arrivals} times");
            if (one.Id is null)
            {
                continue;
            }

            taken++;
            if (one.Id.Length == 0)
            {
                Assert.Contains(one.Name, there);
                continue;
            }

            JsonElement request = await GetAsync(http, $"/api/v2/request/{one.Id}");
            Assert.Equal("complete", request.GetProperty("state").GetString());
            if (request.GetProperty("error").GetBoolean())
            {
                failed++;
                Assert.True(one.Once, $"{one.Name} may be sent again, and failed: {request}");
                Assert.Contains("not sent twice", request.GetProperty("error_message").GetString(), StringComparison.Ordinal);
            }
            else
            {
                Assert.Contains(one.Name, there);
            }
        }

        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{kills} kills, {sent.Count} changes over HTTP, {taken} taken, {sent.Count - taken} without an answer, {unfinished} times one was unfinished at a kill, {failed} failed truthfully, 0 lost, 0 run twice");
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(taken > 0, figures);
    }

    /// <summary>Waits until the server knows the cluster; returns the number of the pool.</summary>
    private async Task<string> ReadyAsync(KalmarProcess kalmar, KilledServer server, HttpClient http, string basis, string pool)
    {
        string output = await kalmar.WaitForAsync(server.Address, TimeSpan.FromSeconds(90));
        if (http.DefaultRequestHeaders.Authorization is null)
        {
            await kalmar.WaitForAsync("Password", TimeSpan.FromSeconds(30));
            string password = PasswordPattern().Match(kalmar.Output).Groups["password"].Value;
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{password}")));
        }

        await Eventually.TrueAsync($"the server is ready; its output:\n{output}", async () =>
        {
            try
            {
                JsonElement clusters = await GetAsync(http, "/api/v2/cluster");
                if (clusters.GetArrayLength() == 0)
                {
                    return false;
                }

                _fsid = clusters[0].GetProperty("id").GetString()!;
                JsonElement pools = await GetAsync(http, $"/api/v2/cluster/{_fsid}/pool");
                pool = pools.EnumerateArray().Single(p => p.GetProperty("name").GetString() == basis).GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, TimeSpan.FromSeconds(90));
        return pool;
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using JsonDocument document = JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), Token));
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"Password\s+(?<password>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PasswordPattern();

    /// <summary>A change that was sent.</summary>
    /// <param name="Name">What it makes.</param>
    /// <param name="Id">The request's id; empty for a command line that was answered; null when no answer came.</param>
    /// <param name="Once">Whether doing it twice is doing more.</param>
    private sealed record Sent(string Name, string? Id, bool Once);
}
