using System.Globalization;
using System.Text;
using Kalmar.Testing;
using Kalmar.Whisper;

namespace Kalmar.Cli.Tests.Carbon;

/// <summary>A file system of its own, a few megabytes large, that becomes full and read-only under a running process.</summary>
public sealed class DiskTests
{
    private const int Series = 600;
    private const int Points = 10;

    [Theory]
    [InlineData(false, "3m")]
    [InlineData(true, "32m")]
    public async Task Points_wait_while_the_disk_is_full_or_read_only_and_all_are_written_when_space_is_back(bool journal, string size)
    {
        using var folder = new TemporaryFolder();
        int port = FreePorts.Take();
        string mount = folder.File("disk");
        Directory.CreateDirectory(mount);
        await File.WriteAllTextAsync(
            folder.File("carbon.conf"),
            $"[cache]\nLOCAL_DATA_DIR = {mount}/whisper\n{(journal ? $"JOURNAL_DIR = {mount}/journal\n" : "")}LINE_RECEIVER_PORT = {port}\nPICKLE_RECEIVER_PORT = 0\n"
            + "CACHE_QUERY_PORT = 0\nFLUSH_INTERVAL = 0.2\nMAX_CACHE_SIZE = 2000\nCARBON_METRIC_INTERVAL = 0\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("storage-schemas.conf"), "[all]\npattern = .*\nretentions = 60s:1d\n", TestContext.Current.CancellationToken);
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        await using CarbonProcess carbon = await CarbonProcess.StartAsync(
            folder.File("carbon.conf"), $":{port}", $"mount -t tmpfs -o size={size} tmpfs {mount}");
        string disk = string.Create(CultureInfo.InvariantCulture, $"/proc/{carbon.Id}/root{mount}");

        Task<bool> sending = CarbonProcess.TrySendAsync(port, Lines("full", now));
        await carbon.ToldAsync("DiskRefuses");
        Assert.False(sending.IsCompleted, "the sender waits while the cache is full");
        await MountAsync(carbon, $"remount,size=128m", mount);
        Assert.True(await sending);
        await carbon.ToldAsync("DiskWorksAgain");
        await AllWrittenAsync(disk, "full", now);

        if (!journal)
        {
            // A mapped journal keeps its file system writable.
            await MountAsync(carbon, "remount,ro", mount);
            sending = CarbonProcess.TrySendAsync(port, Lines("ro", now));
            await carbon.ToldAsync("DiskRefuses", 2);
            Assert.False(sending.IsCompleted, "the sender waits while the cache is full");
            await MountAsync(carbon, "remount,rw", mount);
            Assert.True(await sending);
            await carbon.ToldAsync("DiskWorksAgain", 2);
            await AllWrittenAsync(disk, "ro", now);
        }

        Assert.Equal(0, await carbon.StopAsync());
        Assert.DoesNotContain("PointsLost", carbon.Output, StringComparison.Ordinal);
    }

    private static Task MountAsync(CarbonProcess carbon, string options, string mount) => Eventually.TrueAsync($"mount -o {options}", async () =>
        (await RealTool.TryRunAsync("nsenter", ["-t", $"{carbon.Id}", "-U", "-m", "--preserve-credentials", "mount", "-o", options, mount])).ExitCode == 0);

    private static Task AllWrittenAsync(string disk, string name, long now) => Eventually.TrueAsync($"all points of {name} are in files", () =>
    {
        int written = 0;
        for (int series = 0; series < Series; series++)
        {
            string path = $"{disk}/whisper/{name}/m{series}.wsp";
            if (!File.Exists(path) || new FileInfo(path).Length == 0)
            {
                return Task.FromResult(false);
            }

            try
            {
                using WhisperFile file = WhisperFile.OpenRead(path);
                written += file.ReadArchive(0).Count(p => p.Value == series + ((now - p.Timestamp) / 60));
            }
            catch (WhisperCorruptException e) when (e.Damage == WhisperDamage.Unfinished)
            {
                return Task.FromResult(false); // Being made at this moment.
            }
        }

        return Task.FromResult(written == Series * Points);
    });

    private static byte[] Lines(string name, long now)
    {
        var text = new StringBuilder();
        for (int point = Points - 1; point >= 0; point--)
        {
            for (int series = 0; series < Series; series++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}.m{series} {series + point} {now - (60 * point)}\n");
            }
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
