using Kalmar.Whisper;

namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>The Whisper files that both sides read: smooth, with gaps, empty, counters that wrap, negative, sparse, of several steps.</summary>
internal static class OracleData
{
    /// <summary>What counts as now in all cases.</summary>
    public const long Now = 1_700_000_030;

    private const string Retentions = "60s:2d,10min:30d";

    /// <summary>Series with tags.</summary>
    public static readonly string[] Tagged =
    [
        "disk.used;datacenter=dc1;rack=a1;server=web01", "disk.used;datacenter=dc1;rack=a1;server=web02", "disk.used;datacenter=dc1;rack=b2;server=web03",
        "disk.used;datacenter=dc2;rack=a1;server=web04", "disk.free;datacenter=dc2;rack=c3;server=web04", "disk.free;datacenter=dc1;rack=a1;server=web01",
        "load;server=web01", "load;kind=a.b-c;server=db 1",
    ];

    public static void Write(string folder)
    {
        var random = new Random(42);
        for (var web = 1; web <= 4; web++)
        {
            var shift = web;
            Make(folder, $"servers.web{web}.cpu.user", Retentions, t => 40 + (10 * shift) + (20 * Math.Sin((t / 9000.0) + shift)) + random.NextDouble());
            Make(folder, $"servers.web{web}.cpu.system", Retentions, t => Math.Round(5 + shift + (3 * Math.Cos(t / 5000.0)) + random.NextDouble(), 2));
            Make(folder, $"servers.web{web}.net.bytes", Retentions, t => (t - 1_697_000_000.0) * 100 * shift);
        }

        Make(folder, "data.gaps", Retentions, t => random.NextDouble() < 0.35 ? null : random.NextDouble() * 100);
        Make(folder, "data.holes", Retentions, t => t / 1800 % 3 == 0 ? null : 50 + random.Next(10));
        Make(folder, "data.empty", Retentions, _ => null);
        Make(folder, "data.wrap", Retentions, t => (t - 1_697_000_000) * 3 % 65_536);
        Make(folder, "data.reset", Retentions, t => (t - 1_697_000_000) % 7_200 * 0.5);
        Make(folder, "data.negative", Retentions, t => -50 + (40 * Math.Sin(t / 3000.0)));
        Make(folder, "data.sparse", Retentions, t => t / 60 % 10 == 0 ? t / 60 % 100 : null);
        Make(folder, "data.zero", Retentions, _ => 0);
        Make(folder, "data.small", Retentions, t => random.NextDouble() / 1e6);
        Make(folder, "data.large", Retentions, t => random.NextDouble() * 1e15);
        Make(folder, "mixed.ten", "10s:1d,1min:30d", t => t / 10 % 17);
        Make(folder, "mixed.minute", Retentions, t => t / 60 % 13);
        Make(folder, "mixed.five", "5min:30d", t => t / 300 % 7);
        for (var i = 0; i < Tagged.Length; i++)
        {
            var shift = i;
            Make(folder, Tagged[i], Retentions, t => (shift * 10) + (t / 60 % 7));
        }
    }

    private static void Make(string folder, string metric, string retentions, Func<long, double?> value)
    {
        var path = MetricPath.FileOf(folder, metric);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var policy = RetentionPolicy.Parse(retentions);
        using var file = WhisperFile.Create(path, policy, AggregationMethod.Average, 0.2);
        // Each archive is filled for itself: first the coarse one over its whole length, then the fine one, whose propagation overwrites the last days.
        List<WhisperPoint> points = [];
        for (var archive = policy.Count - 1; archive >= 0; archive--)
        {
            long step = policy[archive].SecondsPerPoint;
            var length = Math.Min(step * policy[archive].Points, 12 * 86_400L);
            points.Clear();
            for (var time = (Now - length) / step * step + step; time <= Now; time += step)
            {
                if (value(time) is { } known) points.Add(new WhisperPoint((uint)time, known));
            }

            if (archive > 0) points.RemoveAll(p => p.Timestamp > Now - FineSpan(policy));
            file.UpdateMany([.. points], Now);
        }
    }

    private static long FineSpan(RetentionPolicy policy) => policy[0].SecondsPerPoint * (long)policy[0].Points;
}
