using Kalmar.Server.History;
using Kalmar.Server.Views;

namespace Kalmar.Server.Tests.Views;

public sealed class GraphShapeTests
{
    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(1_000_000);

    [Fact]
    public void Line_goes_from_edge_to_edge_and_breaks_at_gaps()
    {
        GraphShape shape = Shape(GraphUnit.Number, out HistorySeries series, 0, 50, double.NaN, 100, 25);
        (string line, string area) = shape.Paths(series);
        Assert.Equal("M0 100L120 50M360 0L480 75", line);
        Assert.Equal("M0 100L0 100L120 50L120 100ZM360 100L360 0L480 75L480 100Z", area);
    }

    [Fact]
    public void Lone_point_is_drawn()
    {
        GraphShape shape = Shape(GraphUnit.Number, out HistorySeries series, double.NaN, 100, double.NaN);
        Assert.Equal("M200 0L200 0", shape.Paths(series).Line);
    }

    [Fact]
    public void Points_outside_the_window_are_left_out()
    {
        GraphDefinition definition = new("g", "g", GraphUnit.Number, []);
        HistorySeries series = new("s", From.ToUnixTimeSeconds() - 100, 100, [1, 2, 3, 4, 5]);
        GraphShape shape = new(new GraphData(definition, From, From.AddSeconds(200), [series], null));
        Assert.Equal(3, shape.Paths(series).Line.Count(c => c is 'M' or 'L'));
    }

    [Theory]
    [InlineData(GraphUnit.Number, 0, 1)]
    [InlineData(GraphUnit.Number, 7, 10)]
    [InlineData(GraphUnit.Number, 100, 100)]
    [InlineData(GraphUnit.Number, 101, 200)]
    [InlineData(GraphUnit.Rate, 2_300, 2_500)]
    [InlineData(GraphUnit.Bytes, 3.1 * 1024 * 1024, 5 * 1024 * 1024)]
    [InlineData(GraphUnit.Bytes, 1000 * 1024.0, 1000 * 1024)]
    [InlineData(GraphUnit.Percent, 3, 100)]
    [InlineData(GraphUnit.Percent, 130, 200)]
    public void Upper_edge_is_a_round_number(GraphUnit unit, double top, double max) => Assert.Equal(max, Shape(unit, out _, top).Max, 6);

    [Fact]
    public void Last_value_counts_only_while_it_is_fresh()
    {
        Assert.Equal(3, Shape(GraphUnit.Number, out HistorySeries fresh, 1, 2, 3).Last(fresh));
        Assert.Null(Shape(GraphUnit.Number, out HistorySeries old, 1, 2, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN).Last(old));
        Assert.Null(Shape(GraphUnit.Number, out HistorySeries none).Last(none));
    }

    private static GraphShape Shape(GraphUnit unit, out HistorySeries series, params double[] values)
    {
        series = new HistorySeries("s", From.ToUnixTimeSeconds(), 30, values);
        GraphDefinition definition = new("g", "g", unit, []);
        return new GraphShape(new GraphData(definition, From, From.AddSeconds(30 * Math.Max(1, values.Length)), [series], null));
    }
}
