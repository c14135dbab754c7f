using Kalmar.Manager.Clusters;

namespace Kalmar.Server;

/// <summary>The server's addresses, in one place.</summary>
internal static class Routes
{
    public const string SignIn = "/signin";
    public const string SignOut = "/signout";
    public const string Account = "/account";
    public const string Theme = "/theme";
    public const string Live = "/live";
    public const string Health = "/healthz";
    public const string Assets = "/assets";

    /// <summary>The header by which the script asks for a page's main part only.</summary>
    public const string FragmentHeader = "X-Kalmar-Fragment";

    /// <summary>The overview of a cluster.</summary>
    public static string Cluster(ClusterId id) => $"/cluster/{id}";

    /// <summary>A page of a cluster.</summary>
    public static string Cluster(ClusterId id, string page) => page.Length == 0 ? Cluster(id) : $"/cluster/{id}/{page}";
}
