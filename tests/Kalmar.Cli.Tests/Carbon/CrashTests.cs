using System.Text;
using Kalmar.Testing;
using Kalmar.Whisper;
using Kalmar.Whisper.Operations;

namespace Kalmar.Cli.Tests.Carbon;

/// <summary>A real process is killed at random moments while points come in. KALMAR_TEST_LONG=1 kills it 50 times instead of 5.</summary>
public sealed class CrashTests
{
    private const int Series = 200;

    [Fact]
    public async Task Killed_process_leaves_only_good_files_and_with_a_journal_loses_nothing_that_it_took()
    {
        int kills = Environment.GetEnvironmentVariable("KALMAR_TEST_LONG") == "1" ? 50 : 5;
        using var folder = new TemporaryFolder();
        int port = FreePorts.Take();
        await File.WriteAllTextAsync(
            folder.File("carbon.conf"),
            $"[cache]\nLOCAL_DATA_DIR = {folder.File("whisper")}\nJOURNAL_DIR = {folder.File("journal")}\nLINE_RECEIVER_PORT = {port}\nPICKLE_RECEIVER_PORT = 0\n"
            + "CACHE_QUERY_PORT = 0\nFLUSH_INTERVAL = 0.05\nCARBON_METRIC_INTERVAL = 0\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("storage-schemas.conf"), "[all]\npattern = .*\nretentions = 1s:6h,10s:12h\n", TestContext.Current.CancellationToken);
        long start = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 18_000;
        var random = new Random(7);
        HashSet<int> taken = [];
        int round = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            await using CarbonProcess carbon = await CarbonProcess.StartAsync(folder.File("carbon.conf"), $":{port}");
            Task killing = KillLaterAsync(carbon, random.Next(20, 400));
            while (!killing.IsCompleted)
            {
                // The end of the first connection may be the work of the kernel, for a process that was killed with lines read and not looked
                // at. That a second one is taken shows that the process lived when the first one ended.
                if (await CarbonProcess.TrySendAsync(port, Lines(round, start)) && await CarbonProcess.TrySendAsync(port, []))
                {
                    taken.Add(round);
                }

                round++;
            }

            await killing;
            Assert.All(Damaged(folder), d => Assert.Equal(WhisperDamage.Unfinished, d.Damage));
        }

        await using (CarbonProcess carbon = await CarbonProcess.StartAsync(folder.File("carbon.conf"), $":{port}"))
        {
            Assert.True(await CarbonProcess.TrySendAsync(port, Lines(round, start)));
            taken.Add(round);
            Assert.Equal(0, await carbon.StopAsync());
        }

        Assert.True(taken.Count > kills, $"only {taken.Count} of {round} rounds were taken");
        Assert.Empty(Damaged(folder));
        Assert.Empty(Directory.GetFiles(folder.File("journal")));
        for (int series = 0; series < Series; series++)
        {
            using WhisperFile file = WhisperFile.OpenRead(folder.File($"whisper/crash/m{series}.wsp"));
            Dictionary<uint, double> points = file.ReadArchive(0).ToDictionary(p => p.Timestamp, p => p.Value);
            Assert.All(points, p => Assert.Equal(Value(series, (int)(p.Key - start)), p.Value));
            int lost = taken.Count(r => !points.ContainsKey((uint)(start + r)));
            Assert.True(lost == 0, $"{lost} of {taken.Count} points of m{series} are lost");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {taken.Count} of {round + 1} rounds of {Series} points taken whole, none lost");
    }

    private static IEnumerable<WhisperCorruptException> Damaged(TemporaryFolder folder) =>
        Directory.Exists(folder.File("whisper")) ? WhisperScan.Damaged(folder.File("whisper")) : [];

    private static async Task KillLaterAsync(CarbonProcess carbon, int milliseconds)
    {
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        await carbon.KillAsync();
    }

    private static double Value(int series, int round) => (series * 100_000) + round;

    private static byte[] Lines(int round, long start) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Series).Select(s => $"crash.m{s} {Value(s, round)} {start + round}\n")));
}
