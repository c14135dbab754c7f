using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

/// <summary>What every structure must do with real samples.</summary>
internal static class EncodingCheck
{
    public static T Decode<T>(byte[] bytes, string what)
        where T : IWireEncodable<T>
    {
        var reader = new WireReader(bytes, typeof(T).Name);
        T value;
        try
        {
            value = T.Read(ref reader);
        }
        catch (CephProtocolException e)
        {
            throw new InvalidOperationException($"{what}: {e.Message}", e);
        }

        Assert.True(reader.IsAtEnd, $"{what}: {reader.Remaining} bytes left");
        return value;
    }

    public static byte[] Encode<T>(T value)
        where T : IWireEncodable<T>
    {
        var writer = new WireWriter();
        value.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Decodes all samples, and says which of them are not written as they were read.</summary>
    public static IReadOnlyList<string> RoundTrip<T>(string type, Func<T, T, bool>? equal = null)
        where T : IWireEncodable<T>
    {
        var changed = new List<string>();
        foreach (CorpusSample sample in Corpus.Of(type))
        {
            T value = Decode<T>(sample.Bytes, sample.Name);
            byte[] encoded = Encode(value);
            T again = Decode<T>(encoded, sample.Name + " again");
            Assert.True((equal ?? EqualityComparer<T>.Default.Equals)(value, again), $"{sample.Name} is not the same after a round trip");
            Assert.Equal(value.GetHashCode(), again.GetHashCode());
            if (!encoded.AsSpan().SequenceEqual(sample.Bytes))
            {
                int at = encoded.AsSpan().CommonPrefixLength(sample.Bytes);
                changed.Add($"{sample.Name}: differs from byte {at} on ({sample.Bytes.Length} bytes read, {encoded.Length} written)");
            }
        }

        return changed;
    }
}
