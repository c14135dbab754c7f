using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Kalmar.Graphite.Finding;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Tests.Rendering;

/// <summary>Python reads our pickle (standard library, no class allowed) and our MessagePack (the reader that graphite-web brings).</summary>
public sealed class PythonReadsTests
{
    private const string Script = """
        import io, json, pickle, sys
        sys.path.insert(0, '/usr/lib/python3/dist-packages')
        class Reader(pickle.Unpickler):
            def find_class(self, module, name):
                raise Exception('class %s.%s' % (module, name))
        data = sys.stdin.buffer.read()
        if sys.argv[1] == 'pickle':
            print(json.dumps(Reader(io.BytesIO(data)).load()))
        else:
            import collections, collections.abc, importlib.util
            collections.Hashable = collections.abc.Hashable   # gone from Python 3.10; the reader still asks for it
            spec = importlib.util.spec_from_file_location('umsgpack', '/usr/lib/python3/dist-packages/graphite/umsgpack.py')
            umsgpack = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(umsgpack)
            print(json.dumps(umsgpack.unpackb(data)))
        """;

    [Theory]
    [InlineData("pickle")]
    [InlineData("msgpack")]
    public async Task Series_are_read(string format)
    {
        using var source = Source();
        var output = new ArrayBufferWriter<byte>();
        var request = RenderRequest.Parse(RenderParameters.OfQuery($"target=m.a&target=m.count&from=1700000000&until=1700000399&now=1700000400&format={format}"), TimeProvider.System);
        await new Renderer(source).RenderAsync(request, output, TestContext.Current.CancellationToken);
        using var read = JsonDocument.Parse(await PythonAsync(format, output.WrittenSpan.ToArray()));
        var series = read.RootElement[0];
        Assert.Equal("m.a", series.GetProperty("name").GetString());
        Assert.Equal("m.a", series.GetProperty("pathExpression").GetString());
        Assert.Equal((1_700_000_040, 1_700_000_400, 60), (series.GetProperty("start").GetInt64(), series.GetProperty("end").GetInt64(), series.GetProperty("step").GetInt64()));
        Assert.Equal("[1.5, null, -3.0, 1e+300, 0.1, 6.0]", series.GetProperty("values").GetRawText());
    }

    [Theory]
    [InlineData("pickle")]
    [InlineData("msgpack")]
    public async Task Names_are_read(string format)
    {
        using var source = Source();
        var output = new ArrayBufferWriter<byte>();
        await new Finder(source).FindAsync(FindRequest.Parse(RenderParameters.OfQuery($"query=*&format={format}"), TimeProvider.System), output, TestContext.Current.CancellationToken);
        using var read = JsonDocument.Parse(await PythonAsync(format, output.WrittenSpan.ToArray()));
        Assert.Equal(["m", "top"], read.RootElement.EnumerateArray().Select(n => n.GetProperty("path").GetString()!).Order());
        Assert.Equal([false, true], read.RootElement.EnumerateArray().OrderBy(n => n.GetProperty("path").GetString(), StringComparer.Ordinal).Select(n => n.GetProperty("is_leaf").GetBoolean()));
    }

    private static MemorySource Source()
    {
        var source = new MemorySource();
        source.Set(new Series("m.a", 1_700_000_040, 1_700_000_400, 60, [1.5, double.NaN, -3, 1e300, 0.1, 6]));
        source.Set(new Series("m.count", 1_700_000_040, 1_700_000_400, 60, [1, 2, 3, 4, 5, 6]));
        source.Set(new Series("top", 1_700_000_040, 1_700_000_400, 60, [1, 2, 3, 4, 5, 6]));
        return source;
    }

    private static async Task<string> PythonAsync(string format, byte[] body)
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        start.ArgumentList.Add(format);
        using var python = Process.Start(start)!;
        await python.StandardInput.BaseStream.WriteAsync(body, TestContext.Current.CancellationToken);
        python.StandardInput.Close();
        var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True((await errors).Length == 0, await errors);
        return text;
    }
}
