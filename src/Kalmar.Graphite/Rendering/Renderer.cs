using System.Buffers;
using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Events;
using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Tags;

namespace Kalmar.Graphite.Rendering;

/// <summary>Answers render requests. Safe for several threads.</summary>
public sealed class Renderer(IMetricSource source, RendererOptions? options = null, IEventStore? events = null, ITagStore? tags = null)
{
    private readonly RendererOptions _options = options ?? new RendererOptions();

    /// <summary>Evaluates the targets of a request.</summary>
    /// <exception cref="GraphiteException">The request is wrong or costs too much.</exception>
    public ValueTask<List<Series>> EvaluateAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Evaluator.EvaluateAsync(ContextOf(request, cancellationToken), request.Targets);
    }

    /// <summary>Writes the answer to a request and returns its media type.</summary>
    /// <exception cref="GraphiteException">The request is wrong or costs too much. Nothing was written.</exception>
    public async ValueTask<string> RenderAsync(RenderRequest request, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(output);
        var data = await EvaluateAsync(request, cancellationToken).ConfigureAwait(false);
        return FormatWriter.Write(output, data, request);
    }

    private RenderContext ContextOf(RenderRequest request, CancellationToken cancellationToken) => new()
    {
        Source = source,
        From = request.From,
        Until = request.Until,
        Now = request.Now,
        Zone = request.Zone,
        ServerZone = _options.Zone,
        XFilesFactor = request.XFilesFactor,
        MaxDataPoints = request.MaxDataPoints,
        LocalOnly = request.LocalOnly,
        Template = request.Template,
        Events = events,
        Tags = tags,
        Budget = new EvaluationBudget(_options.Limits, cancellationToken),
    };
}
