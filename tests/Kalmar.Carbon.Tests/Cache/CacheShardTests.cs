using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Cache;

public sealed class CacheShardTests
{
    [Fact]
    public void Points_come_out_as_they_came_in_whatever_is_written_between()
    {
        var random = new Random(7);
        var shard = new CacheShard();
        var expected = new List<WhisperPoint>[20];
        byte[][] names = [.. Enumerable.Range(0, expected.Length).Select(i => Encoding.ASCII.GetBytes($"a.b{i}"))];
        int[] inFlight = new int[expected.Length];
        Span<byte> name = stackalloc byte[64];
        WhisperPoint[] points = [];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = [];
        }

        for (int step = 0; step < 100_000; step++)
        {
            int series = random.Next(expected.Length);
            List<WhisperPoint> model = expected[series];
            ulong hash = NameHash.Of(names[series]);
            int metric = MetricOf(shard, series, step);
            switch (random.Next(8))
            {
                case 0 when inFlight[series] == 0 && model.Count > 0:
                    int count = shard.BeginWrite(metric, ref points, name, out int length, out _);
                    Assert.Equal(names[series], name[..length].ToArray());
                    Assert.Equal(model, points[..count]);
                    inFlight[series] = count;
                    break;
                case 1 or 2 when inFlight[series] > 0:
                    bool remove = random.Next(3) > 0;
                    Assert.Equal(remove ? inFlight[series] : 0, shard.EndWrite(metric, inFlight[series], remove, FileKnowledge.Present));
                    if (remove)
                    {
                        model.RemoveRange(0, inFlight[series]);
                    }

                    inFlight[series] = 0;
                    break;
                default:
                    WhisperPoint point = RandomPoint(random, model.Count > 0 ? model[^1] : new WhisperPoint(1_700_000_000, 1));
                    bool replaces = model.Count > inFlight[series] && model[^1].Timestamp == point.Timestamp;
                    Assert.Equal(!replaces, shard.Append(hash, names[series], point.Timestamp, point.Value));
                    if (replaces)
                    {
                        model.RemoveAt(model.Count - 1);
                    }

                    model.Add(point);
                    break;
            }

            Assert.Equal(model, shard.PointsOf(hash, names[series]));
        }

        Assert.Equal(expected.Count(m => m.Count > 0), shard.Waiting);
    }

    /// <summary>As points come: a step on, the same time again, far away or back; whole numbers, fractions, any bits.</summary>
    private static WhisperPoint RandomPoint(Random random, WhisperPoint last)
    {
        uint time = random.Next(5) switch
        {
            0 => last.Timestamp,
            1 => (uint)random.NextInt64(uint.MaxValue + 1L),
            _ => unchecked(last.Timestamp + (uint)random.Next(-3, 400)),
        };
        double value = random.Next(5) switch
        {
            0 => last.Value,
            1 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, 0x7ff0_0000_0000_0000)),
            2 => random.Next(1000),
            _ => last.Value + random.Next(3),
        };
        return new WhisperPoint(time, double.IsFinite(value) ? value : -0.0);
    }

    [Fact]
    public void A_thousand_points_of_a_series_are_packed_and_come_out_bit_by_bit()
    {
        var random = new Random(11);
        var shard = new CacheShard();
        byte[] name = "a.b"u8.ToArray();
        List<WhisperPoint> model = [];
        for (int i = 0; i < 1000; i++)
        {
            var point = new WhisperPoint((uint)(1_700_000_000 + (60 * i)), BitConverter.Int64BitsToDouble(random.NextInt64(0x7ff0_0000_0000_0000)));
            model.Add(point);
            Assert.True(shard.Append(NameHash.Of(name), name, point.Timestamp, point.Value));
        }

        WhisperPoint[] points = shard.PointsOf(NameHash.Of(name), name);
        Assert.Equal(model.Select(p => (p.Timestamp, BitConverter.DoubleToInt64Bits(p.Value))), points.Select(p => (p.Timestamp, BitConverter.DoubleToInt64Bits(p.Value))));
    }

    /// <summary>Series get their numbers in the order in which they come; all of them come first, in order.</summary>
    private static int MetricOf(CacheShard shard, int series, int step)
    {
        if (step == 0)
        {
            for (int i = 0; i < 20; i++)
            {
                byte[] name = Encoding.ASCII.GetBytes($"a.b{i}");
                shard.Append(NameHash.Of(name), name, 1, 0);
                WhisperPoint[] points = [];
                int count = shard.BeginWrite(i, ref points, new byte[64], out _, out _);
                shard.EndWrite(i, count, remove: true, FileKnowledge.Present);
            }
        }

        return series;
    }
}
