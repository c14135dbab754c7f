using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kalmar.Server.Endpoints.Calamari.Access;
using Kalmar.Server.Endpoints.Calamari.Cli;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.OpenApi;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Calamari's REST API, v1 and v2. docs/api.md describes it for users.</summary>
internal static class CalamariEndpoints
{
    /// <summary>Where v1 lives.</summary>
    public const string V1 = "/api/v1";

    /// <summary>Where v2 lives.</summary>
    public const string V2 = "/api/v2";

    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddCalamari(this IServiceCollection services)
    {
        services.AddSingleton<ApiCredentials>();
        services.TryAddSingleton<IClusterQuestions, ClusterQuestions>();
        services.AddSingleton<Changes>();
        services.AddOpenApiDocuments();
        return services;
    }

    /// <summary>Adds the middleware: who asks, and whether that is allowed. Comes after authentication.</summary>
    public static void UseCalamariAccess(this WebApplication app)
    {
        ApiCredentials credentials = app.Services.GetRequiredService<ApiCredentials>();
        app.Use(credentials.InvokeAsync);
        app.Use(AccessGate.InvokeAsync);
        app.UseApiDocs();
    }

    /// <summary>Adds the endpoints.</summary>
    public static void MapCalamari(this WebApplication app)
    {
        app.MapGet("/api", static () => Results.LocalRedirect("/api/docs/")).AllowAnonymous().ExcludeFromDescription();
        app.MapApiDocuments();
        ApiRoutes v2 = new(app, V2);
        AuthEndpoints.Map(v2);
        UserEndpoints.Map(v2);
        TokenEndpoints.Map(v2);
        ClusterEndpoints.Map(v2);
        OsdEndpoints.Map(v2);
        PoolEndpoints.Map(v2);
        CrushEndpoints.Map(v2);
        ServerEndpoints.Map(v2);
        KeyEndpoints.Map(v2);
        RequestEndpoints.Map(v2);
        EventEndpoints.Map(v2);
        AuditEndpoints.Map(v2);
        PoolChanges.Map(v2);
        OsdChanges.Map(v2);
        CrushChanges.Map(v2);
        AdministrationChanges.Map(v2);
        SafetyQuestions.Map(v2);
        VolumeChanges.Map(v2);
        ImageChanges.Map(v2);
        DeviceChanges.Map(v2);
        GatewayEndpoints.Map(v2);
        CliEndpoints.Map(v2);
        ApiRoutes v1 = new(app, V1);
        AuthEndpoints.Map(v1);
        UserEndpoints.Map(v1);
        V1Endpoints.Map(v1);
    }

    /// <summary>An answer that is no part of a map.</summary>
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) => Results.Json(value, type, statusCode: status);

    /// <summary>An answer that a function writes.</summary>
    public static IResult Json(Action<Utf8JsonWriter> write)
    {
        System.Buffers.ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, ApiJson.Writer))
        {
            write(writer);
        }

        return new BodyResult(output.WrittenMemory, "application/json");
    }
}
