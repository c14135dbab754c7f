using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kalmar.Server.Endpoints.Calamari.OpenApi;

/// <summary>Says what the whole document is about, and how to sign in.</summary>
internal sealed class DocumentDescriber : IOpenApiDocumentTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Kalmar",
            Version = context.DocumentName,
            Description = "Calamari's REST API, answered by Kalmar. Changes answer 202 with a request that is complete only when the cluster's own map shows the change. "
                + "Sign in at auth/login (session cookie, header X-XSRF-TOKEN for changes), by Basic, or with an API token.",
        };
        document.Servers = [];
        foreach (OpenApiPathItem path in document.Paths.Values.OfType<OpenApiPathItem>())
        {
            // HEAD is GET without the body: it would be everything twice.
            path.Operations?.Remove(HttpMethod.Head);
        }

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token, made at user/me/token." },
            ["basic"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic" },
            ["session"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Security.Session.CookieName },
        };
        document.Security = [.. document.Components.SecuritySchemes.Keys.Select(name => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] })];
        return Task.CompletedTask;
    }
}
