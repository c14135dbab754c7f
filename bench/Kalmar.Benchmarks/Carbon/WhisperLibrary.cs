using System.Diagnostics;
using Kalmar.Whisper;

namespace Kalmar.Benchmarks.Carbon;

/// <summary>One thread, the library alone: update_many of 1,000 points in three archives, fetch of 1,440 points.</summary>
internal static class WhisperLibrary
{
    public static int Run(string[] args)
    {
        string path = Path.Combine(args[0], "library.wsp");
        File.Delete(path);
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600;
        WhisperFile.Create(path, RetentionPolicy.Parse("60s:1d,5m:30d,1h:3y"), options: new WhisperOptions { Sparse = true }).Dispose();
        WhisperPoint[] points = [.. Enumerable.Range(0, 1000).Select(i => new WhisperPoint((uint)(now - (60 * (999 - i))), i))];
        Measure("update_many, 1,000 points, 3 archives", 1000, () =>
        {
            using WhisperFile file = WhisperFile.Open(path);
            file.UpdateMany(points, now);
        });
        Measure("fetch, 1,440 points", 1440, () => WhisperFile.Fetch(path, now - 86400, now, now));
        return 0;
    }

    private static void Measure(string what, int points, Action action)
    {
        for (int i = 0; i < 500; i++)
        {
            action();
        }

        List<double> rates = [];
        for (int round = 0; round < 5; round++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            for (int i = 0; i < 1000; i++)
            {
                action();
            }

            rates.Add(points * 1000.0 / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
        }

        rates.Sort();
        Console.WriteLine($"{what}: {rates[2] / 1000:F0} k points per CPU-second");
    }
}
