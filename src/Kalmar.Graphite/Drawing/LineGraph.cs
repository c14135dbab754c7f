using System.Globalization;

namespace Kalmar.Graphite.Drawing;

/// <summary>Lines over time, with one value axis or two, filled areas and stacks.</summary>
internal sealed class LineGraph(ICanvas canvas, GraphOptions options, List<Series> data)
{
    private readonly PlotArea _area = GraphTitles.Area(options);
    private readonly string _lineMode = Mode(options, data);
    private readonly string _areaMode = Choice(options, "areaMode", "none", "none", "first", "all", "stacked");
    private readonly double _lineWidth = options.Number("lineWidth") ?? options.Number("thickness") ?? 1.2;
    private readonly bool _twoAxes = data.Exists(s => s.OptionsOrNull is { SecondYAxis: true });
    private AxisScale _left = null!;
    private AxisScale? _right;
    private long _start;
    private long _end;

    /// <summary>Draws everything.</summary>
    public void Draw()
    {
        data.RemoveAll(s => s.Count == 0 || s.Step <= 0);
        if (data.Count == 0 || data.Max(s => s.End) <= data.Min(s => s.Start))
        {
            GraphTitles.NoData(canvas, options);
            return;
        }

        Colour();
        GraphTitles.Draw(canvas, options, _area, _twoAxes);
        if (!Hidden("hideLegend", data.Count > 10)) LegendDrawing.Draw(canvas, options, _area, LegendEntries(), _twoAxes);
        if (!Hidden("hideAxes") && !options.Flag("hideXAxis")) _area.Bottom -= canvas.FontExtents().Ascent * 2;
        _start = data.Min(s => s.Start);
        _end = _lineMode == "staircase" ? data.Max(s => s.End) : data.Max(s => s.End - s.Step);
        if (_end <= _start) _end = _start + 1;
        if (_areaMode == "stacked" && !_twoAxes) Stack();
        Scale();
        if (!Hidden("hideAxes"))
        {
            canvas.Part("axes");
            canvas.SetColor(options.Foreground, 1);
            if (!options.Flag("hideYAxis")) DrawValueLabels();
            if (!options.Flag("hideXAxis")) DrawTimeLabels();
            if (!Hidden("hideGrid"))
            {
                canvas.Part("grid");
                DrawGrid();
            }
        }

        canvas.Part("lines");
        canvas.BeginClip(_area.Left, _area.Top, _area.Right - _area.Left, _area.Bottom - _area.Top);
        new LineDrawing(canvas, options, _area, _lineMode, _lineWidth).Draw(Ordered(), ScaleOf, XOf);
        canvas.EndClip();
    }

    private static string Mode(GraphOptions options, List<Series> data)
    {
        var mode = Choice(options, "lineMode", "slope", "slope", "staircase", "connected");
        return mode == "slope" && data.Exists(s => s.Count == 1) ? "staircase" : mode;
    }

    private static string Choice(GraphOptions options, string name, string standard, params string[] choices)
    {
        var value = (options.Text(name) ?? standard).ToLowerInvariant();
        return choices.Contains(value) ? value : throw new GraphiteException($"{name} '{value}' is not one of {string.Join(", ", choices)}");
    }

    private bool Hidden(string name, bool standard = false) => options.GraphOnly || (options.Has(name) ? options.Flag(name) : standard);

    private void Colour()
    {
        var next = 0;
        foreach (var series in data)
        {
            if (_twoAxes)
            {
                var side = series.OptionsOrNull is { SecondYAxis: true } ? "right" : "left";
                if (options.Number(side + "Width") is { } width) series.Options.LineWidth = width;
                if (options.Number(side + "Dashed") is { } dash) series.Options.Dashed = dash;
                if (options.Text(side + "Color") is { } color) series.Color = color;
            }

            series.Color ??= options.Colors[next++ % options.Colors.Count];
        }
    }

    private List<(string Name, string Color, bool Right)> LegendEntries() => data
        .Where(s => s.Name.Length > 0 && !(options.Flag("hideNullFromLegend") && Array.TrueForAll(s.Values, double.IsNaN)))
        .Select(s => (GraphTitles.Shown(s.Name), s.Color!, s.OptionsOrNull is { SecondYAxis: true })).ToList();

    private void Stack()
    {
        List<double> total = [];
        foreach (var series in data)
        {
            if (series.OptionsOrNull is { DrawAsInfinite: true }) continue;
            series.Options.Stacked = true;
            var values = (double[])series.Values.Clone();
            for (var i = 0; i < values.Length; i++)
            {
                if (total.Count <= i) total.Add(0);
                if (!double.IsNaN(values[i])) values[i] = total[i] += values[i];
            }

            series.Values = values;
        }
    }

    // Labels take room, less room means more values in a point, and that may change the labels: until nothing changes.
    private void Scale()
    {
        for (var round = 0; round < 5; round++)
        {
            Consolidate();
            var (left, right) = (_area.Left, _area.Right);
            _left = ScaleOf(data.Where(s => !_twoAxes || s.OptionsOrNull is not { SecondYAxis: true }), _twoAxes ? "Left" : "");
            if (_twoAxes) _right = ScaleOf(data.Where(s => s.OptionsOrNull is { SecondYAxis: true }), "Right");
            if (!Hidden("hideAxes") && !options.Flag("hideYAxis"))
            {
                var width = _left.Labels.Max(v => canvas.TextWidth(_left.Label(v)));
                if (OnRight) _area.Right = Math.Min(_area.Right, options.Width - (width * 1.02));
                else _area.Left = Math.Max(_area.Left, options.Margin + (width * 1.02));
                if (_right is not null) _area.Right = Math.Min(_area.Right, options.Width - (_right.Labels.Max(v => canvas.TextWidth(_right.Label(v))) * 1.02));
            }

            if (left == _area.Left && right == _area.Right) return;
        }
    }

    private bool OnRight => !_twoAxes && options.Text("yAxisSide") == "right" && !options.GraphOnly;

    private double Pixels => Math.Max(_area.Right - _area.Left - (_lineWidth + 1), 1);

    private void Consolidate()
    {
        var least = Math.Max(options.Number("minXStep") ?? 1, 0.01);
        foreach (var series in data)
        {
            var points = (double)(_end - _start) / series.Step;
            series.ValuesPerPoint = points > 0 && Pixels / points < least ? (int)Math.Ceiling(points / Math.Max(Math.Floor(Pixels / least), 1)) : 1;
        }
    }

    private AxisScale ScaleOf(IEnumerable<Series> side, string suffix)
    {
        var (min, max, gaps) = (double.PositiveInfinity, double.NegativeInfinity, false);
        foreach (var series in side.Where(s => s.OptionsOrNull is not { DrawAsInfinite: true }))
        {
            foreach (var value in series.Points())
            {
                gaps |= double.IsNaN(value);
                if (!double.IsFinite(value)) continue;
                min = Math.Min(min, value);
                max = Math.Max(max, value);
            }
        }

        if (min > max) (min, max) = (0, 1);
        if (gaps && options.Flag("drawNullAsZero")) (min, max) = (Math.Min(min, 0), Math.Max(max, 0));
        return new AxisScale(min, max, options, suffix);
    }

    private (AxisScale Scale, Func<double, double?> Y) ScaleOf(Series series)
    {
        var scale = series.OptionsOrNull is { SecondYAxis: true } ? _right! : _left;
        return (scale, value => YOf(scale, value));
    }

    private double? YOf(AxisScale scale, double value) => scale.Position(value) is { } share ? Math.Max(_area.Bottom - (share * (_area.Bottom - _area.Top)), 0) : null;

    private (double First, double Step) XOf(Series series)
    {
        var perSecond = Pixels / (_end - _start);
        return (_area.Left + ((series.Start - _start) * perSecond) + (_lineWidth / 2), series.Step * series.ValuesPerPoint * perSecond);
    }

    private List<Series> Ordered()
    {
        if (_areaMode == "first") data[0].Options.Stacked = true;
        if (_areaMode == "all") data.ForEach(s => s.Options.Stacked |= s.OptionsOrNull is not { DrawAsInfinite: true });
        List<Series> ordered = [.. data.Where(s => s.OptionsOrNull is { Stacked: true }), .. data.Where(s => s.OptionsOrNull is not { Stacked: true })];
        if (options.Text("areaAlpha") is not { } text) return ordered;
        var alpha = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0.5;
        foreach (var series in ordered.Where(s => s.OptionsOrNull is { Stacked: true }).ToList())
        {
            series.Options.Alpha = alpha;
            var stroke = new Series(series.Name, series.Start, series.End, series.Step, series.Values) { Color = series.Color, ValuesPerPoint = series.ValuesPerPoint, Consolidation = series.Consolidation };
            stroke.Options.SecondYAxis = series.Options.SecondYAxis;
            ordered.Add(stroke);
        }

        return ordered;
    }

    private void DrawValueLabels()
    {
        foreach (var value in _left.Labels)
        {
            if (YOf(_left, value) is not { } y) continue;
            if (OnRight) canvas.Draw(_left.Label(value), _area.Right + 1, y, 0, VerticalPlace.Middle);
            else canvas.Draw(_left.Label(value), _area.Left - 1, y, 1, VerticalPlace.Middle);
        }

        foreach (var value in _right?.Labels ?? [])
        {
            if (YOf(_right!, value) is { } y) canvas.Draw(_right!.Label(value), _area.Right + 4, y, 0, VerticalPlace.Middle);
        }
    }

    private void DrawTimeLabels()
    {
        var axis = TimeAxis.Find(_end - _start, Pixels);
        var y = _area.Bottom + canvas.FontExtents().Ascent;
        foreach (var time in TimeAxis.Times(_start, _end, axis.LabelStep, options.Zone))
            canvas.Draw(axis.Label(time, options.Zone, options.Text("xFormat")), XOf(time), y, 0.5, VerticalPlace.Top);
    }

    private double XOf(long time) => _area.Left + ((time - _start) * (Pixels / (_end - _start)));

    private void DrawGrid()
    {
        var labels = _left.Labels;
        var minor = (int)Math.Clamp(options.Number("minorY") ?? 1, 0, 20);
        for (var i = 0; i < labels.Count; i++)
        {
            Horizontal(labels[i], 0.4, options.MajorLine);
            for (var k = 1; k <= minor && i < labels.Count - 1; k++)
                Horizontal(labels[i] + ((labels[i + 1] - labels[i]) * k / (1 + minor)), 0.3, options.MinorLine);
        }

        var axis = TimeAxis.Find(_end - _start, Pixels);
        foreach (var (step, width, color) in new[] { (axis.MinorStep, 0.25, options.MinorLine), (axis.MajorStep, 0.33, options.MajorLine) })
        {
            canvas.SetLineWidth(width);
            canvas.SetColor(color, 1);
            foreach (var time in TimeAxis.Times(_start, _end, step, options.Zone))
            {
                if (XOf(time) < _area.Right) Line(XOf(time), _area.Bottom, XOf(time), _area.Top);
            }
        }

        canvas.SetLineWidth(0.5);
        Line(_area.Right, _area.Bottom, _area.Right, _area.Top);
        Line(_area.Left, _area.Bottom, _area.Left, _area.Top);
    }

    private void Horizontal(double value, double width, GraphColor color)
    {
        if (YOf(_left, value) is not { } y) return;
        canvas.SetLineWidth(width);
        canvas.SetColor(color, 1);
        Line(_area.Left, y, _area.Right, y);
    }

    private void Line(double x1, double y1, double x2, double y2)
    {
        canvas.MoveTo(x1, y1);
        canvas.LineTo(x2, y2);
        canvas.Stroke();
    }
}
