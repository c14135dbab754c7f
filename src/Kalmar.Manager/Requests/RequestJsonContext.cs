using System.Text.Json.Serialization;

namespace Kalmar.Manager.Requests;

/// <summary>How plans are stored.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RequestPlan))]
internal sealed partial class RequestJsonContext : JsonSerializerContext;
