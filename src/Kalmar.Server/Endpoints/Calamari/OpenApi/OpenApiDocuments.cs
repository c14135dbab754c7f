using System.Text.Json;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Kalmar.Server.Endpoints.Calamari.OpenApi;

/// <summary>The OpenAPI documents of both versions, and Swagger UI to look at them and to try.</summary>
internal static class OpenApiDocuments
{
    private const string DocsPath = "/api/docs";

    // Swagger UI sets styles from its script; nothing else differs from the policy of all pages.
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string[] Versions = ["v2", "v1"];

    public static void AddOpenApiDocuments(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        foreach (string version in Versions)
        {
            services.AddOpenApi(version, options =>
            {
                options.ShouldInclude = description => description.RelativePath?.StartsWith($"api/{version}/", StringComparison.Ordinal) == true;
                options.AddOperationTransformer<OperationDescriber>();
                options.AddDocumentTransformer<DocumentDescriber>();
            });
        }
    }

    /// <summary>Swagger UI at <c>/api/docs</c>.</summary>
    public static void UseApiDocs(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(DocsPath))
            {
                context.Response.Headers.ContentSecurityPolicy = DocsPolicy;
            }

            return next(context);
        });
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = DocsPath[1..];
            ui.DocumentTitle = "Kalmar's API";
            foreach (string version in Versions)
            {
                ui.SwaggerEndpoint($"/api/openapi/{version}.json", $"Kalmar {version}");
            }
        });
    }

    /// <summary>The documents; open to everybody, since they tell nothing of a cluster.</summary>
    public static void MapApiDocuments(this WebApplication app) => app.MapOpenApi("/api/openapi/{documentName}.json").AllowAnonymous();
}
