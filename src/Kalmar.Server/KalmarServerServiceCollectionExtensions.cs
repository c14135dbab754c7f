using Kalmar.Graphite.Sources;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari;
using Kalmar.Server.History;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server;

/// <summary>Puts the server's services together.</summary>
public static class KalmarServerServiceCollectionExtensions
{
    /// <summary>
    /// Adds everything that <see cref="KalmarServerEndpointExtensions.MapKalmar"/> needs. The host adds the
    /// <see cref="Manager.Clusters.IClusterDirectory"/> and the opened <see cref="StateStore"/>; an <see cref="IMetricSource"/> when it keeps
    /// history (or an <see cref="IHistory"/> of its own); and a <see cref="TimeProvider"/> when it wants another clock.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">How the server behaves.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">Options are wrong; every error is named.</exception>
    public static IServiceCollection AddKalmarServer(this IServiceCollection services, KalmarServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new ArgumentException($"wrong server options: {string.Join("; ", errors)}", nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => provider.GetRequiredService<StateStore>().Users);
        services.TryAddSingleton(static provider => provider.GetRequiredService<StateStore>().Tokens);
        services.TryAddSingleton(static provider => provider.GetRequiredService<StateStore>().Events);
        services.TryAddSingleton(static provider => provider.GetRequiredService<StateStore>().Audit);
        services.AddSingleton(options);
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<Live.LiveStreams>();
        services.TryAddSingleton<IHistory>(static provider =>
            provider.GetService<IMetricSource>() is { } source ? new GraphiteHistory(source) : new NoHistory());
        services.AddSingleton<GraphReader>();
        services.AddCalamari();
        AddSessions(services, options);
        AddKeys(services, options);
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        return services;
    }

    private static void AddSessions(IServiceCollection services, KalmarServerOptions options)
    {
        services.AddAuthentication(Session.Scheme).AddCookie(Session.Scheme, cookies =>
        {
            cookies.Cookie.Name = Session.CookieName;
            cookies.Cookie.HttpOnly = true;
            cookies.Cookie.SameSite = SameSiteMode.Lax;
            cookies.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookies.Cookie.IsEssential = true;
            cookies.ExpireTimeSpan = options.SessionLifetime;
            cookies.SlidingExpiration = true;
            cookies.LoginPath = Routes.SignIn;
            cookies.ReturnUrlParameter = "return";
            cookies.Events = new CookieAuthenticationEvents
            {
                OnValidatePrincipal = static context => Session.ValidateAsync(context, context.HttpContext.RequestServices.GetRequiredService<IUserStore>()),
                OnRedirectToLogin = static context => RedirectOrStatus(context, StatusCodes.Status401Unauthorized),
                OnRedirectToAccessDenied = static context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                },
            };
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "kalmar_antiforgery";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    private static Task RedirectOrStatus(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (RequestKind.IsProgram(context.Request))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static void AddKeys(IServiceCollection services, KalmarServerOptions options)
    {
        string folder = Path.Combine(Path.GetFullPath(options.DataDirectory), "keys");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // The keys lie readable by their owner only, as a private key of TLS does: the warning that they are not encrypted tells nothing new.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(folder)).SetApplicationName("Kalmar");
    }
}
