using Microsoft.AspNetCore.Http.HttpResults;

namespace Kalmar.Server.Security;

/// <summary>Where to go after signing in: only to a page of ours.</summary>
internal static class ReturnUrl
{
    /// <summary>The URL when it is a local path, else <c>/</c>.</summary>
    /// <param name="url">From the query, so from anybody.</param>
    public static string Check(string? url)
    {
        bool ok = !string.IsNullOrEmpty(url) && url[0] == '/' && url.Length <= 2000 && RedirectHttpResult.IsLocalUrl(url)
            && !url.Any(c => char.IsControl(c) || c == '\\')
            && !url.StartsWith(Routes.SignIn, StringComparison.OrdinalIgnoreCase) && !url.StartsWith(Routes.SignOut, StringComparison.OrdinalIgnoreCase);
        return ok ? url! : "/";
    }
}
