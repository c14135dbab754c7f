using System.Buffers;
using System.Text;
using Kalmar.Graphite.Finding;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Tests;

/// <summary>Asks our side as a client would.</summary>
internal static class Answers
{
    public static async Task<string> RenderAsync(IMetricSource source, string query, RendererOptions? options = null)
    {
        var request = RenderRequest.Parse(RenderParameters.OfQuery(query), TimeProvider.System);
        var output = new ArrayBufferWriter<byte>();
        await new Renderer(source, options).RenderAsync(request, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static async Task<string> FindAsync(IMetricSource source, string query)
    {
        var request = FindRequest.Parse(RenderParameters.OfQuery(query), TimeProvider.System);
        var output = new ArrayBufferWriter<byte>();
        await new Finder(source).FindAsync(request, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
