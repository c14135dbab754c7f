using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>How the API's resources are written and read: generated, so that no reflection runs for a request.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InfoResource))]
[JsonSerializable(typeof(ClusterResource))]
[JsonSerializable(typeof(IReadOnlyList<ClusterResource>))]
[JsonSerializable(typeof(ClusterV1Resource))]
[JsonSerializable(typeof(IReadOnlyList<ClusterV1Resource>))]
[JsonSerializable(typeof(OsdResource))]
[JsonSerializable(typeof(IReadOnlyList<OsdResource>))]
[JsonSerializable(typeof(PoolResource))]
[JsonSerializable(typeof(IReadOnlyList<PoolResource>))]
[JsonSerializable(typeof(CrushRuleResource))]
[JsonSerializable(typeof(IReadOnlyList<CrushRuleResource>))]
[JsonSerializable(typeof(IReadOnlyList<CrushRuleSetResource>))]
[JsonSerializable(typeof(CrushNodeResource))]
[JsonSerializable(typeof(IReadOnlyList<CrushNodeResource>))]
[JsonSerializable(typeof(CrushTypeResource))]
[JsonSerializable(typeof(IReadOnlyList<CrushTypeResource>))]
[JsonSerializable(typeof(ClusterStatsResource))]
[JsonSerializable(typeof(PoolStatsResource))]
[JsonSerializable(typeof(IReadOnlyList<PoolStatsResource>))]
[JsonSerializable(typeof(IReadOnlyList<PgResource>))]
[JsonSerializable(typeof(MonResource))]
[JsonSerializable(typeof(IReadOnlyList<MonResource>))]
[JsonSerializable(typeof(ServerResource))]
[JsonSerializable(typeof(IReadOnlyList<ServerResource>))]
[JsonSerializable(typeof(ClusterServerResource))]
[JsonSerializable(typeof(IReadOnlyList<ClusterServerResource>))]
[JsonSerializable(typeof(ConfigResource))]
[JsonSerializable(typeof(IReadOnlyList<ConfigResource>))]
[JsonSerializable(typeof(CommandValidityResource))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, ValidCommandsResource>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, bool>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(LinesResource))]
[JsonSerializable(typeof(MessageResource))]
[JsonSerializable(typeof(UserResource))]
[JsonSerializable(typeof(IReadOnlyList<UserResource>))]
[JsonSerializable(typeof(TokenResource))]
[JsonSerializable(typeof(IReadOnlyList<TokenResource>))]
[JsonSerializable(typeof(SpaceAnswer))]
[JsonSerializable(typeof(HealthCountersAnswer))]
[JsonSerializable(typeof(OsdV1Answer))]
[JsonSerializable(typeof(PoolV1Resource))]
[JsonSerializable(typeof(IReadOnlyList<PoolV1Resource>))]
[JsonSerializable(typeof(IReadOnlyList<ServerV1Resource>))]
[JsonSerializable(typeof(RequestIdResource))]
[JsonSerializable(typeof(RequestResource))]
[JsonSerializable(typeof(PageResource<RequestResource>))]
[JsonSerializable(typeof(EventResource))]
[JsonSerializable(typeof(PageResource<EventResource>))]
[JsonSerializable(typeof(PageResource<AuditResource>))]
[JsonSerializable(typeof(CliAnswer))]
[JsonSerializable(typeof(SafetyResource))]
[JsonSerializable(typeof(ElectionResource))]
[JsonSerializable(typeof(GatewayResource))]
[JsonSerializable(typeof(IReadOnlyList<GatewayResource>))]
[JsonSerializable(typeof(PgResource))]
[JsonSerializable(typeof(IReadOnlyList<KeyResource>))]
[JsonSerializable(typeof(KeyResource))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>
    /// The one to write with: quotes and plus signs stand for themselves. What goes out is JSON and said to be (nosniff), never part of a page.
    /// </summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The same for what is written member by member.</summary>
    public static JsonWriterOptions Writer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
