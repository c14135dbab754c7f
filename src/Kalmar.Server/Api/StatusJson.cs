using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kalmar.Server.Api;

/// <summary>How the status is written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClusterStatus))]
[JsonSerializable(typeof(ClusterStatus[]))]
internal sealed partial class StatusJson : JsonSerializerContext;
