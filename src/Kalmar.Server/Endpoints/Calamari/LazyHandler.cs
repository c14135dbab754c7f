using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>
/// Maps handlers whose code that reads the parameters is made at the first request. The framework makes it for all handlers when the server starts, which
/// took most of the start: the API has hundreds, and hardly anybody calls more than a dozen.
/// </summary>
internal static class LazyHandler
{
    /// <summary>Maps a handler with all that the OpenAPI document tells of it.</summary>
    /// <param name="app">The host's endpoints.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="verbs">The methods.</param>
    /// <param name="handler">The handler.</param>
    public static RouteHandlerBuilder Map(IEndpointRouteBuilder app, string pattern, string[] verbs, Delegate handler)
    {
        RequestDelegate? made = null;
        Func<RequestDelegate>? make = null;
        RouteHandlerBuilder builder = new([app.MapMethods(pattern, verbs, context => LazyInitializer.EnsureInitialized(ref made, make!)(context))]);
        builder.Add(endpoint =>
        {
            endpoint.Metadata.Add(handler.Method);
            RequestDelegateFactoryOptions options = new()
            {
                ServiceProvider = app.ServiceProvider,
                RouteParameterNames = [.. ((RouteEndpointBuilder)endpoint).RoutePattern.Parameters.Select(static p => p.Name)],
                DisableInferBodyFromParameters = !verbs.All(HasBody),
                EndpointBuilder = endpoint,
            };
            RequestDelegateMetadataResult metadata = RequestDelegateFactory.InferMetadata(handler.Method, options);
            make = () => RequestDelegateFactory.Create(handler, options, metadata).RequestDelegate;
        });
        return builder;
    }

    private static bool HasBody(string verb) => HttpMethods.IsPost(verb) || HttpMethods.IsPut(verb) || HttpMethods.IsPatch(verb);
}
