using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Tests.Rendering;

public sealed class RenderTests
{
    private const long T0 = 1_700_000_040;

    [Fact]
    public async Task Json_is_written_as_graphite_web_does()
    {
        using var source = Source();
        var json = await Answers.RenderAsync(source, $"target=a.one&format=json&from={T0 - 60}&until={T0 + 120}&now={T0 + 120}");
        Assert.Equal(
            "[{\"target\": \"a.one\", \"tags\": {\"name\": \"a.one\"}, \"datapoints\": [[1.0, 1700000040], [null, 1700000100], [3.5, 1700000160]]}]", json);
    }

    [Fact]
    public async Task Functions_nest_and_pipe()
    {
        using var source = Source();
        var direct = await Answers.RenderAsync(source, $"target=alias(sumSeries(scale(a.*,2)),'x')&format=raw&from={T0 - 60}&until={T0 + 120}&now={T0 + 120}");
        var piped = await Answers.RenderAsync(source, $"target=a.*|scale(2)|sumSeries()|alias('x')&format=raw&from={T0 - 60}&until={T0 + 120}&now={T0 + 120}");
        Assert.Equal("x,1700000040,1700000220,60|22.0,40.0,67.0\n", direct);
        Assert.Equal(direct, piped);
    }

    [Fact]
    public async Task Json_array_has_one_row_for_each_time()
    {
        using var source = Source();
        var json = await Answers.RenderAsync(source, $"target=a.*&format=json-array&from={T0 - 60}&until={T0 + 120}&now={T0 + 120}");
        Assert.Equal("{\"targets\": [\"a.one\", \"a.two\"], \"datapoints\": [[1700000040, 1.0, 10.0], [1700000100, null, 20.0], [1700000160, 3.5, 30.0]]}", json);
    }

    [Fact]
    public async Task Unknown_function_is_refused_by_name()
    {
        using var source = Source();
        var error = await Assert.ThrowsAsync<GraphiteException>(() => Answers.RenderAsync(source, "target=nosuch(a.one)&format=json"));
        Assert.Contains("nosuch", error.Message, StringComparison.Ordinal);
    }

    private static MemorySource Source()
    {
        var source = new MemorySource();
        source.Set(new Series("a.one", T0, T0 + 180, 60, [1, double.NaN, 3.5]));
        source.Set(new Series("a.two", T0, T0 + 180, 60, [10, 20, 30]));
        return source;
    }
}
