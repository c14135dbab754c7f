using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Security;

/// <summary>Tells requests of pages from requests of programs: the former are sent to the sign-in page, the latter get a status.</summary>
internal static class RequestKind
{
    private static readonly PathString[] Programs = ["/api", "/render", "/metrics", "/graphite", "/events", "/tags", "/functions", Routes.Live, Routes.Health, Routes.Assets];

    /// <summary>True when a script or program asks.</summary>
    public static bool IsProgram(HttpRequest request) => IsFragment(request) || Array.Exists(Programs, p => request.Path.StartsWithSegments(p));

    /// <summary>True when our script asks for a page's main part.</summary>
    public static bool IsFragment(HttpRequest request) => request.Headers.ContainsKey(Routes.FragmentHeader);
}
