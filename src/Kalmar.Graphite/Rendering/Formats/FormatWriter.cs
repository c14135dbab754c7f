using System.Buffers;
using Kalmar.Graphite.Drawing;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>Writes series in the form that a request asks for.</summary>
internal static class FormatWriter
{
    /// <summary>Writes the answer and returns its media type.</summary>
    public static string Write(IBufferWriter<byte> output, List<Series> data, RenderRequest request)
    {
        switch (request.Format)
        {
            case RenderFormat.Json:
                return Json(output, request, o => JsonFormat.Write(o, data, request));
            case RenderFormat.JsonArray:
                return Json(output, request, o => JsonArrayFormat.Write(o, data, request));
            case RenderFormat.Dygraph:
                return Json(output, request, o => ScriptFormats.WriteDygraph(o, data));
            case RenderFormat.Rickshaw:
                return Json(output, request, o => ScriptFormats.WriteRickshaw(o, data));
            case RenderFormat.Csv:
                CsvFormat.Write(output, data, request);
                return "text/csv";
            case RenderFormat.Raw:
                RawFormat.Write(output, data);
                return "text/plain";
            case RenderFormat.Pickle:
                PickleFormat.WritePickle(output, data);
                return "application/pickle";
            case RenderFormat.MessagePack:
                PickleFormat.WriteMessagePack(output, data);
                return "application/x-msgpack";
            default:
                return Picture.Draw(output, data, request);
        }
    }

    private static string Json(IBufferWriter<byte> output, RenderRequest request, Action<IBufferWriter<byte>> write)
    {
        if (request.JsonP is null)
        {
            write(output);
            return "application/json";
        }

        output.Write(System.Text.Encoding.ASCII.GetBytes(request.JsonP + "("));
        write(output);
        output.Write(")"u8);
        return "text/javascript";
    }
}
