using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Manager.State;
using Kalmar.Rados;
using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests;

/// <summary>Kalmar is killed again and again while it runs requests; Ceph's own audit log is the judge of what was run and how often.</summary>
public sealed class KilledRequestTests(CephClusterFixture ceph)
{
    private const int Seed = 20261121;
    private static readonly int Kills = Environment.GetEnvironmentVariable("KALMAR_TEST_LONG") == "1" ? 50 : 3;
    private static readonly RequestActor Ada = new("ada", "192.0.2.7");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_at_any_moment_loses_no_request_and_runs_none_twice()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        var cluster = new ClusterId(sandbox.Fsid);
        using KilledServer server = await KilledServer.MakeAsync(sandbox, await StateSwitch.NewDatabaseAsync());
        await ceph.CephAsync("osd", "pool", "create", "killed-base", "1");
        await ceph.CephAsync("osd", "pool", "set", "killed-base", "pg_autoscale_mode", "off");
        var random = new Random(Seed);
        List<(RequestId Id, string Unique, bool Repeatable)> made = [];
        int unfinished = 0;
        for (int round = 0; round < Kills; round++)
        {
            await using (StateStore state = await server.OpenAsync())
            {
                foreach ((RequestPlan plan, string unique, bool repeatable) in Plans(round))
                {
                    UserRequest request = await state.Requests.InsertAsync(cluster, "ceph", plan, Ada, Token);
                    made.Add((request.Id, unique, repeatable));
                }
            }

            await using (KalmarProcess kalmar = server.Start())
            {
                await UntilBegunAsync(server, made[^1].Id, kalmar);
                await Task.Delay(random.Next(0, 1200), Token);
                await kalmar.KillAsync();
            }

            await using StateStore after = await server.OpenAsync();
            unfinished += (await after.Requests.PendingAsync(Token)).Count;
            AuditVerdict verdict = await after.Audit.VerifyAsync(null, Token);
            Assert.True(verdict.IsIntact, verdict.Problem);
        }

        await using (KalmarProcess kalmar = server.Start())
        {
            await using StateStore state = await server.OpenAsync();
            await Eventually.TrueAsync("all requests have ended", async () => (await state.Requests.PendingAsync(Token)).Count == 0, TimeSpan.FromMinutes(3));
        }

        (int exit, string output, string error) = await server.VerifyAsync();
        Assert.True(exit == 0, error);
        Assert.StartsWith("intact: ", output, StringComparison.Ordinal);
        (int failed, int sentAgain) = await JudgeAsync(server, made);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills, {made.Count} requests, {unfinished} times one was unfinished at a kill, {failed} failed truthfully, {sentAgain} harmless commands sent again, 0 lost, 0 run twice"));
        Assert.True(unfinished > 0, "no kill came while a request was running: the moments are chosen badly");
    }

    private static IEnumerable<(RequestPlan Plan, string Unique, bool Repeatable)> Plans(int round)
    {
        string pool = string.Create(CultureInfo.InvariantCulture, $"killed-{round}");
        RequestStep create = new()
        {
            Command = new CephCommand("osd pool create").With("pool", pool).With("pg_num", 1).ToJson(),
            Follows = FollowedMap.OsdMap,
            Done = new PoolReady(pool),
            IsRepeatable = true,
        };
        RequestStep rename = new()
        {
            Command = new CephCommand("osd pool rename").With("srcpool", pool).With("destpool", pool + "-renamed").ToJson(),
            Follows = FollowedMap.OsdMap,
            Done = new PoolExists(pool + "-renamed"),
        };
        RequestStep snapshot = new()
        {
            Command = new CephCommand("osd pool mksnap").With("pool", "killed-base").With("snap", pool + "-snap").ToJson(),
            Follows = FollowedMap.OsdMap,
        };
        RequestStep option = new()
        {
            Command = new CephCommand("config set").With("who", "client." + pool).With("name", "debug_client").With("value", "1").ToJson(),
            IsRepeatable = true,
        };
        yield return (Plan(RequestKind.PoolCreating, create, rename), pool + "-renamed", false);
        yield return (Plan(RequestKind.OsdMapModifying, snapshot), pool + "-snap", false);
        yield return (Plan(RequestKind.Config, option), "client." + pool, true);

        static RequestPlan Plan(RequestKind kind, params RequestStep[] steps) => new() { Kind = kind, Headline = $"Killing {kind}", Steps = steps };
    }

    /// <summary>Waits until a request's first command is about to leave, or it has ended.</summary>
    private static async Task UntilBegunAsync(KilledServer server, RequestId id, KalmarProcess kalmar)
    {
        await using StateStore state = await server.OpenAsync();
        long start = Stopwatch.GetTimestamp();
        while ((await state.Requests.StepsAsync(id, Token)).Count == 0 && (await state.Requests.FindAsync(id, Token))!.State != RequestState.Complete)
        {
            if (kalmar.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(90))
            {
                Assert.Fail($"no request was begun; output:\n{kalmar.Output}");
            }

            await Task.Delay(20, Token);
        }
    }

    private async Task<(int Failed, int SentAgain)> JudgeAsync(KilledServer server, List<(RequestId Id, string Unique, bool Repeatable)> made)
    {
        // The monitor keeps only the last 50 lines for "log last"; its file has all.
        string file = Assert.Single(Directory.GetFiles(Path.Combine((await ceph.GetAsync()).Folder, "log"), "*mon.a.log"));
        string[] log = [.. (await File.ReadAllLinesAsync(file, Token)).Where(l => l.Contains("log_channel(audit)", StringComparison.Ordinal))];
        using JsonDocument pools = JsonDocument.Parse(await ceph.CephAsync("osd", "pool", "ls", "detail", "-f", "json"));
        HashSet<string> there = [];
        foreach (JsonElement pool in pools.RootElement.EnumerateArray())
        {
            there.Add(pool.GetProperty("pool_name").GetString()!);
            foreach (JsonElement snap in pool.GetProperty("pool_snaps").EnumerateArray())
            {
                there.Add(snap.GetProperty("name").GetString()!);
            }
        }

        // The monitors write no arguments of "config set" into their log, for they may be secret.
        using JsonDocument options = JsonDocument.Parse(await ceph.CephAsync("config", "dump", "-f", "json"));
        there.UnionWith(options.RootElement.EnumerateArray().Select(o => o.GetProperty("section").GetString()!));
        int failed = 0;
        int sentAgain = 0;
        await using StateStore state = await server.OpenAsync();
        foreach ((RequestId id, string unique, bool repeatable) in made)
        {
            UserRequest request = (await state.Requests.FindAsync(id, Token))!;
            Assert.Equal(RequestState.Complete, request.State);
            int runs = log.Count(l => l.Contains($"\"{unique}\"", StringComparison.Ordinal) && l.Contains("finished", StringComparison.Ordinal));
            int arrivals = log.Count(l => l.Contains($"\"{unique}\"", StringComparison.Ordinal) && l.Contains("dispatch", StringComparison.Ordinal));
            if (repeatable)
            {
                sentAgain += (await state.Requests.StepsAsync(id, Token)).Values.Sum(r => r.Sends - 1);
                Assert.False(request.Error, request.ErrorMessage);
            }
            else
            {
                Assert.True(runs <= 1 && arrivals <= 1, $"{unique}: arrived {arrivals} times and ran {runs} times");
            }

            if (request.Error)
            {
                failed++;
                Assert.Contains("not sent twice", request.ErrorMessage, StringComparison.Ordinal);
            }
            else
            {
                Assert.True(repeatable || runs >= 1, $"{unique} succeeded and the monitors never ran it");
                Assert.True(there.Contains(unique), $"{unique} succeeded and is not there");
            }

            (_, IReadOnlyList<AuditLine> lines) = await state.Audit.PageAsync(new AuditFilter { Action = "request." }, 1, 1000, Token);
            Assert.Equal(["request.complete", "request.submit"], lines.Where(l => l.Entry.Object == id.ToString()).Select(l => l.Entry.Action));
            (_, IReadOnlyList<StoredEvent> events) = await state.Events.PageAsync(new EventFilter { Entity = $"request.{id}" }, 1, 10, Token);
            Assert.Equal(2, events.Count);
        }

        return (failed, sentAgain);
    }
}
