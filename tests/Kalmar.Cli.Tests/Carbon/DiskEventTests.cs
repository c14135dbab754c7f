using System.Globalization;
using System.Text;
using System.Text.Json;
using Kalmar.Manager.Events;
using Kalmar.Manager.State;
using Kalmar.Testing;

namespace Kalmar.Cli.Tests.Carbon;

/// <summary>The server's history on a file system of its own that becomes full.</summary>
public sealed class DiskEventTests
{
    [Fact]
    public async Task Full_disk_of_the_history_is_one_event_when_it_begins_and_one_when_it_ends()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<int> ports = FreePorts.Take(3);
        string mount = folder.File("data/whisper");
        Directory.CreateDirectory(mount);
        await File.WriteAllTextAsync(folder.File("ceph.conf"), $"[global]\nmon_host = v2:127.0.0.1:{ports[0]}\nauth_client_required = none\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("kalmar.json"), JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["listen"] = "http://127.0.0.1:0",
            ["data"] = folder.File("data"),
            ["clusters:0:conf"] = folder.File("ceph.conf"),
            ["history:host"] = "false",
            ["history:retentions"] = "60s:1d",
            ["carbon:enabled"] = "true",
            ["carbon:line"] = $"127.0.0.1:{ports[1]}",
            ["carbon:pickle"] = "off",
            ["carbon:query"] = $"127.0.0.1:{ports[2]}",
        }), TestContext.Current.CancellationToken);
        await using CarbonProcess server = await CarbonProcess.ServeAsync(folder.File("kalmar.json"), $"mount -t tmpfs -o size=1m tmpfs {mount}");

        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var lines = new StringBuilder();
        for (int i = 0; i < 200; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"full.m{i} {i} {now}\n"); // 200 files of 17 KB
        }

        Assert.True(await CarbonProcess.TrySendAsync(ports[1], Encoding.ASCII.GetBytes(lines.ToString())));
        await EventsAsync(folder, 1);

        // Refused once more, and not told again: the count at the end says so.
        Assert.True(await CarbonProcess.TrySendAsync(ports[1], Encoding.ASCII.GetBytes($"full.more 1 {now}\n")));
        StoredEvent begun = Assert.Single(await EventsAsync(folder, 1));
        Assert.Equal(EventSeverity.Error, begun.Severity);
        Assert.Contains("No space left", begun.Message, StringComparison.Ordinal);

        await Eventually.TrueAsync("space is back", async () => (await RealTool.TryRunAsync(
            "nsenter", ["-t", $"{server.Id}", "-U", "-m", "--preserve-credentials", "mount", "-o", "remount,size=64m", mount])).ExitCode == 0);
        IReadOnlyList<StoredEvent> both = await EventsAsync(folder, 2);
        Assert.Equal([EventSeverity.Recovery, EventSeverity.Error], both.Select(e => e.Severity));
        await Eventually.TrueAsync("all is in files", () =>
            Task.FromResult(Directory.GetFiles($"/proc/{server.Id}/root{mount}/full").Length == 201));
        Assert.Equal(0, await server.StopAsync());
        Assert.Equal(2, (await EventsAsync(folder, 2)).Count);
    }

    /// <summary>The events about the disk, newest first, as soon as there are so many.</summary>
    private static async Task<IReadOnlyList<StoredEvent>> EventsAsync(TemporaryFolder folder, int least)
    {
        IReadOnlyList<StoredEvent> events = [];
        await Eventually.TrueAsync($"{least} events", async () =>
        {
            await using StateStore state = await StateStore.OpenAsync(new SqliteDatabase(folder.File("data/kalmar.db")), TimeProvider.System, TestContext.Current.CancellationToken);
            (_, events) = await state.Events.PageAsync(new EventFilter { Kind = EventKinds.HistoryDisk }, 1, 100, TestContext.Current.CancellationToken);
            return events.Count >= least;
        });
        return events;
    }
}
