using System.Buffers;
using System.Text;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;

namespace Kalmar.Carbon.RemoteWrite;

/// <summary>
/// Prometheus' remote-write 1.0: the message <c>WriteRequest</c>, in Snappy's block format.
/// <code>
/// WriteRequest { 1: TimeSeries* }   TimeSeries { 1: Label*, 2: Sample* }
/// Label { 1: name, 2: value }       Sample { 1: double value, 2: int64 milliseconds }
/// </code>
/// Samples of a series stand together and in the order of their times, one for each time: anything else Prometheus refuses, and with it
/// the whole request.
/// </summary>
internal static class WriteRequest
{
    /// <summary>The samples of a block, series after series.</summary>
    /// <param name="block">Lines.</param>
    /// <param name="unreadable">Lines that have no name or values that Prometheus could hold.</param>
    public static IReadOnlyList<RemoteSample> Samples(LineBlock block, out int unreadable)
    {
        var series = new Dictionary<string, (IReadOnlyList<(string Name, string Value)> Labels, List<(long Time, double Value)> Points)>(StringComparer.Ordinal);
        unreadable = 0;
        int count = 0;
        ReadOnlySpan<byte> rest = block.Memory.Span;
        while (!rest.IsEmpty)
        {
            int length = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? rest : rest[..length];
            rest = length < 0 ? default : rest[(length + 1)..];
            if (!LineParser.TryParse(line, out Range name, out _, out double value, out double time) || double.IsNaN(value) || !(Math.Abs(time) < 1e15))
            {
                unreadable++;
                continue;
            }

            string key = Encoding.UTF8.GetString(line[name]);
            if (!series.TryGetValue(key, out var known))
            {
                if (PrometheusLabels.Of(line[name]) is not { } labels)
                {
                    unreadable++;
                    continue;
                }

                known = (labels, []);
                series.Add(key, known);
            }

            known.Points.Add(((long)time * 1000, value));
            count++;
        }

        var samples = new List<RemoteSample>(count);
        foreach ((IReadOnlyList<(string Name, string Value)> labels, List<(long Time, double Value)> points) in series.Values)
        {
            // The later of two points of one time counts, as in a Whisper file; OrderBy keeps their order.
            foreach (IGrouping<long, (long Time, double Value)> same in points.GroupBy(p => p.Time).OrderBy(g => g.Key))
            {
                samples.Add(new RemoteSample(labels, same.Key, same.Last().Value));
            }
        }

        return samples;
    }

    /// <summary>The compressed message.</summary>
    public static byte[] Encode(ReadOnlySpan<RemoteSample> samples)
    {
        var request = new ArrayBufferWriter<byte>(samples.Length * 64);
        var series = new ArrayBufferWriter<byte>(1024);
        var part = new ArrayBufferWriter<byte>(256);
        for (int i = 0; i < samples.Length;)
        {
            IReadOnlyList<(string Name, string Value)> labels = samples[i].Labels;
            series.ResetWrittenCount();
            foreach ((string name, string value) in labels)
            {
                part.ResetWrittenCount();
                ProtobufWriter.Text(part, 1, name);
                ProtobufWriter.Text(part, 2, value);
                ProtobufWriter.Message(series, 1, part.WrittenSpan);
            }

            for (; i < samples.Length && ReferenceEquals(samples[i].Labels, labels); i++)
            {
                part.ResetWrittenCount();
                ProtobufWriter.Double(part, 1, samples[i].Value);
                ProtobufWriter.Int64(part, 2, samples[i].Timestamp);
                ProtobufWriter.Message(series, 2, part.WrittenSpan);
            }

            ProtobufWriter.Message(request, 1, series.WrittenSpan);
        }

        return IronSnappy.Snappy.Encode(request.WrittenSpan);
    }
}
