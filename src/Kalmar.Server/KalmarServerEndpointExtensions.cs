using Kalmar.Server.Api;
using Kalmar.Server.Assets;
using Kalmar.Server.Endpoints.Calamari;
using Kalmar.Server.Live;
using Kalmar.Server.Pages;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kalmar.Server;

/// <summary>Puts the server's pipeline together.</summary>
public static class KalmarServerEndpointExtensions
{
    /// <summary>
    /// Adds middleware, pages, assets, the live stream and the status API. Everything needs a session but the sign-in page, the assets and
    /// <c>/healthz</c>; endpoints that the host adds do too, unless they allow the anonymous themselves.
    /// </summary>
    /// <param name="app">The host, with <see cref="KalmarServerServiceCollectionExtensions.AddKalmarServer"/> done.</param>
    /// <returns>The host.</returns>
    public static WebApplication MapKalmar(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        KalmarServerOptions options = app.Services.GetRequiredService<KalmarServerOptions>();
        app.Use(SecurityHeaders.InvokeAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorAnswers.FailedAsync, SuppressDiagnosticsCallback = static _ => true });
        app.UseStatusCodePages(ErrorAnswers.StatusAsync);
        app.UseAuthentication();
        app.Use((context, next) => LoopbackAccess.InvokeAsync(context, options, next));
        app.UseCalamariAccess();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapGet(Routes.Health, static () => Results.Text("ok\n")).AllowAnonymous();
        app.MapAssets();
        app.MapAccountActions();
        app.MapLive();
        app.MapClusterStatus();
        app.MapCalamari();
        app.MapRazorComponents<App>();
        return app;
    }

    /// <summary>Makes the administrator when there is no user yet; called by the host before it starts.</summary>
    /// <param name="app">The host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Name and password, to be shown once; null when there are users already.</returns>
    /// <exception cref="Manager.State.StateStoreException">The state store cannot be read or written.</exception>
    public static Task<FirstAdministrator?> EnsureAdministratorAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<SignInService>().EnsureAdministratorAsync(cancellationToken);
    }
}
