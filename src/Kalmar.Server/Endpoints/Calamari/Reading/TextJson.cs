using System.Text.Json.Serialization;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Single values.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class TextJson : JsonSerializerContext;
