using System.Text.Json.Serialization;

namespace Kalmar.Graphite.Drawing;

[JsonSerializable(typeof(string))]
internal sealed partial class DrawingJsonContext : JsonSerializerContext;
