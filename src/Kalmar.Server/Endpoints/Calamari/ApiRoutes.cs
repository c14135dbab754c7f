using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Adds endpoints below one version of the API. Each call names the role, so that none can be forgotten.</summary>
/// <param name="app">The host's endpoints.</param>
/// <param name="prefix"><c>/api/v1</c> or <c>/api/v2</c>.</param>
internal sealed class ApiRoutes(IEndpointRouteBuilder app, string prefix)
{
    private readonly Dictionary<string, ResourceMethods> _resources = new(StringComparer.Ordinal);

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => app.ServiceProvider;

    /// <summary>GET and HEAD for everybody who is signed in.</summary>
    public RouteHandlerBuilder Get(string path, Delegate handler) => Add("GET", path, UserRole.ReadOnly, handler);

    /// <summary>GET and HEAD for everybody.</summary>
    public RouteHandlerBuilder GetOpen(string path, Delegate handler) => Add("GET", path, null, handler);

    /// <summary>One method.</summary>
    /// <param name="method">GET (with HEAD), POST, PUT, PATCH, DELETE.</param>
    /// <param name="path">Below the prefix.</param>
    /// <param name="role">The least role; null for everybody.</param>
    /// <param name="handler">The endpoint.</param>
    public RouteHandlerBuilder Add(string method, string path, UserRole? role, Delegate handler)
    {
        string pattern = $"{prefix}/{path}";
        if (!_resources.TryGetValue(pattern, out ResourceMethods? methods))
        {
            _resources[pattern] = methods = new ResourceMethods(pattern);
            app.MapMethods(pattern, ["OPTIONS"], static _ => Task.CompletedTask).WithMetadata(new RequiredRole(null), methods).AllowAnonymous().ExcludeFromDescription();
        }

        RequiredRole required = new(role);
        methods.Add(method, required);
        string[] verbs = method == "GET" ? ["GET", "HEAD"] : [method];

        // The gate has decided when the handler runs; the host's own policy, which sends browsers to the sign-in page, must not.
        return LazyHandler.Map(app, pattern, verbs, handler).WithMetadata(required, methods).AllowAnonymous().DisableAntiforgery().WithTags(prefix[1..]);
    }
}
