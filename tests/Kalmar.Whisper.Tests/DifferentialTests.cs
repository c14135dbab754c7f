namespace Kalmar.Whisper.Tests;

/// <summary>Random histories written by us and by Python's Whisper; the files must be the same, byte for byte.</summary>
public sealed class DifferentialTests
{
    private static readonly uint[] Steps = [1, 2, 5, 7, 10, 30, 60];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_histories_give_the_same_bytes_as_python(int seed)
    {
        using var python = new PythonWhisper();
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        for (int history = 0; history < 650; history++)
        {
            RunHistory(random, python, folder, $"seed {seed} history {history}");
        }
    }

    /// <summary>The writer makes small files whole, with their first points in them, and larger ones step by step.</summary>
    [Theory]
    [InlineData("60s:5m")]
    [InlineData("60s:1d")]
    [InlineData("10s:1h,1m:1d,10m:7d")]
    [InlineData("60s:2730m")]
    [InlineData("60s:7d,10m:30d")]
    public void A_new_file_with_its_first_points_has_the_same_bytes_as_pythons(string retentions)
    {
        using var python = new PythonWhisper();
        using var folder = new TemporaryFolder();
        var random = new Random(retentions.Length);
        RetentionPolicy policy = RetentionPolicy.Parse(retentions);
        for (int i = 0; i < 24; i++)
        {
            string theirs = folder.File("theirs.wsp");
            File.Delete(theirs);
            long now = 1_700_000_000 + random.Next(100_000);
            WhisperPoint[] points = [.. Enumerable.Range(0, random.Next(1, 1500)).Select(n => new WhisperPoint((uint)(now - (n * random.Next(1, 60))), RandomValue(random)))];
            string making = (i % 3) switch { 0 => "s", 1 => "f", _ => "z" };
            Assert.Equal("ok", python.Ask("create", theirs, policy.ToString(), "0.5", "average", making));
            Assert.Equal("ok", python.Many(theirs, now, points));
            var store = new SeriesStore(folder.File($"store{i}"), new WhisperOptions { Sparse = making == "s", Fallocate = making == "f", Lock = i % 2 == 0, Flush = i % 4 == 0 });
            Assert.True(store.Create("some.metric"u8, WhisperHeader.For(policy, AggregationMethod.Average, 0.5), points, now));
            Compare(store.FileOf("some.metric"u8).TrimEnd('\0'), theirs, $"{retentions} {making} {i}");
        }
    }

    private static void RunHistory(Random random, PythonWhisper python, TemporaryFolder folder, string label)
    {
        string ours = folder.File("ours.wsp");
        string theirs = folder.File("theirs.wsp");
        File.Delete(ours);
        File.Delete(theirs);

        RetentionPolicy retentions = RandomRetentions(random);
        var method = (AggregationMethod)random.Next(1, 9);
        double xff = random.Next(4) switch { 0 => 0, 1 => 1, 2 => 0.5, _ => random.NextDouble() };
        string making = random.Next(3) switch { 0 => "s", 1 => "f", _ => "z" };
        Assert.Equal("ok", python.Ask("create", theirs, retentions.ToString(), xff.ToString("R"), AggregationMethods.NameOf(method), making));
        WhisperFile.Create(ours, retentions, method, xff, new WhisperOptions { Sparse = making == "s", Fallocate = making == "f" }).Dispose();
        Compare(ours, theirs, label + " after create");

        long now = random.Next(6) == 0 ? random.Next(1, 4000) : 1_700_000_000 + random.Next(1_000_000);
        int operations = random.Next(1, 9);
        string trail = $"{label}: {retentions} {method} xff {xff}";
        for (int i = 0; i < operations; i++)
        {
            now += random.Next(4) == 0 ? random.Next(0, (int)Math.Min(retentions.MaxRetention * 2, 100_000)) : random.Next(0, 100);
            if (random.Next(3) == 0)
            {
                WhisperPoint point = new((uint)Math.Max(0, now - random.NextInt64(-2, retentions.MaxRetention + 3)), RandomValue(random));
                trail += $"\n one now={now} {point}";
                string answer = python.Ask("one", theirs, PythonWhisper.Text(now), PythonWhisper.Text(point));
                using WhisperFile file = WhisperFile.Open(ours);
                if (answer == "ok")
                {
                    file.Update(point, now);
                }
                else
                {
                    Assert.Equal("error TimestampNotCovered", answer);
                    Assert.Throws<TimestampNotCoveredException>(() => file.Update(point, now));
                }
            }
            else
            {
                WhisperPoint[] points = RandomPoints(random, retentions, now);
                trail += $"\n many now={now} {string.Join(' ', points.Select(p => p.Timestamp))}";
                Assert.Equal("ok", python.Many(theirs, now, points));
                using WhisperFile file = WhisperFile.Open(ours);
                file.UpdateMany(points, now);
            }

            Compare(ours, theirs, trail);
        }

        CompareFetches(random, python, retentions, ours, theirs, now, trail);
    }

    private static void CompareFetches(Random random, PythonWhisper python, RetentionPolicy retentions, string ours, string theirs, long now, string trail)
    {
        for (int i = 0; i < 2; i++)
        {
            long from = now - random.NextInt64(0, retentions.MaxRetention + 20);
            long until = from + random.NextInt64(0, retentions.MaxRetention);
            uint step = random.Next(3) == 0 ? retentions[random.Next(retentions.Count)].SecondsPerPoint : 0;
            string expected = python.Fetch(theirs, from, until, now, step);
            string actual = PythonWhisper.Text(WhisperFile.Fetch(ours, from, until, now, step == 0 ? null : step));
            Assert.True(expected == actual, $"{trail}\n fetch {from} {until} now {now} step {step}\n{expected}\n{actual}");
        }
    }

    private static void Compare(string ours, string theirs, string trail) =>
        Assert.True(File.ReadAllBytes(ours).AsSpan().SequenceEqual(File.ReadAllBytes(theirs)), trail);

    private static RetentionPolicy RandomRetentions(Random random)
    {
        while (true)
        {
            List<ArchiveSpec> archives = [];
            uint step = Steps[random.Next(Steps.Length)];
            int count = random.Next(1, 5);
            uint points = (uint)random.Next(1, 60);
            for (int i = 0; i < count; i++)
            {
                archives.Add(new ArchiveSpec(step, points));
                uint ratio = (uint)random.Next(2, 7);
                points = Math.Max((uint)random.Next(1, 40), (points / ratio) + (uint)random.Next(1, 5));
                step *= ratio;
            }

            try
            {
                return new RetentionPolicy(archives);
            }
            catch (WhisperConfigurationException)
            {
                continue; // these archives cannot stand together; others will
            }
        }
    }

    private static WhisperPoint[] RandomPoints(Random random, RetentionPolicy retentions, long now)
    {
        int count = random.Next(1, random.Next(3) == 0 ? 200 : 20);
        var points = new List<WhisperPoint>();
        long span = random.Next(3) switch { 0 => retentions[0].Retention, 1 => retentions.MaxRetention + 10, _ => retentions[^1].SecondsPerPoint * 3L };
        long time = now - random.NextInt64(0, span + 1);
        long stride = random.Next(3) switch { 0 => retentions[0].SecondsPerPoint, 1 => 1, _ => random.NextInt64(1, Math.Max(2, span / 10)) };
        bool scattered = random.Next(2) == 0;

        // Times ahead only over as much as the finest archive holds: a longer run is where Python's Whisper spoils its own file.
        long ahead = random.Next(3) == 0 ? (retentions[0].Retention / 2) - retentions[0].SecondsPerPoint : 0;
        long oldest = ahead > 0 ? now - ahead : 0;
        for (int i = 0; i < count; i++)
        {
            long at = scattered ? now - random.NextInt64(-Math.Max(0, ahead), span + 1) : time;
            time += random.Next(8) == 0 ? stride * random.Next(1, 9) : stride;
            if (at >= Math.Max(0, oldest) && at <= now + Math.Max(0, ahead))
            {
                points.Add(new WhisperPoint((uint)at, RandomValue(random)));
            }

            if (random.Next(12) == 0 && points.Count > 0)
            {
                points.Add(points[random.Next(points.Count)] with { Value = RandomValue(random) });
            }
        }

        return points.Count > 0 ? [.. points] : [new WhisperPoint((uint)now, 1)];
    }

    private static double RandomValue(Random random) => random.Next(10) switch
    {
        0 => 0,
        1 => -0.0,
        2 => random.Next(-5, 5),
        3 => double.PositiveInfinity,
        4 => random.NextDouble() * 1e300,
        _ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-5, 15)),
    };
}
