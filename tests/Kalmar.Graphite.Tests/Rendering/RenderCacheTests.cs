using System.Buffers;
using Kalmar.Graphite.Rendering;

namespace Kalmar.Graphite.Tests.Rendering;

public sealed class RenderCacheTests
{
    [Fact]
    public void Order_of_parameters_does_not_matter_but_order_of_targets_does()
    {
        static string Key(string query) => RenderCache.KeyOf(RenderParameters.OfQuery(query));
        Assert.Equal(Key("target=a&from=-1h"), Key("from=-1h&target=a"));
        Assert.NotEqual(Key("target=a&target=b"), Key("target=b&target=a"));
    }

    [Fact]
    public void Cache_stays_within_its_bytes()
    {
        var cache = new RenderCache(TimeProvider.System, maxBytes: 10_000);
        for (var i = 0; i < 100; i++) cache.Add($"key{i}", "text/plain", new byte[500], 60);
        Assert.InRange(cache.Bytes, 1, 10_000);
        var output = new ArrayBufferWriter<byte>();
        Assert.Null(cache.TryWrite("key0", output));
        Assert.Equal("text/plain", cache.TryWrite("key99", output));
        Assert.Equal(500, output.WrittenCount);
        cache.Add("large", "text/plain", new byte[5_000], 60);
        Assert.Null(cache.TryWrite("large", output));
    }
}
