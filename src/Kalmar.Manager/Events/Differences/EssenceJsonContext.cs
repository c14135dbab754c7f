using System.Text.Json.Serialization;

namespace Kalmar.Manager.Events.Differences;

/// <summary>How essences are stored.</summary>
[JsonSerializable(typeof(ClusterEssence))]
internal sealed partial class EssenceJsonContext : JsonSerializerContext;
