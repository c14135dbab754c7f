namespace Kalmar.Rados.Configuration;

/// <summary>Finds the configuration file as Ceph's tools do.</summary>
internal static class CephConfLocator
{
    private const string DefaultCluster = "ceph";

    /// <summary>Finds and reads it.</summary>
    /// <param name="confPath">What was given (a list with commas: the first that exists), or null to look in the usual places.</param>
    /// <param name="clusterName">What was given, or null.</param>
    /// <param name="environment">Where to look.</param>
    /// <returns>The file, empty when there is none in the usual places; the cluster's name; and where it was looked for.</returns>
    public static (CephConfFile File, string ClusterName, IReadOnlyList<string> Searched) Find(
        string? confPath, string? clusterName, CephEnvironment environment)
    {
        string? given = confPath ?? NonEmpty(environment.Variable("CEPH_CONF"));
        if (given is null)
        {
            return FindUsual(clusterName ?? DefaultCluster, environment);
        }

        string[] candidates = [.. given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Replace("$cluster", clusterName ?? DefaultCluster, StringComparison.Ordinal))];
        string source = confPath is null ? " ($CEPH_CONF)" : "";
        string? path = candidates.Length == 1 ? candidates[0] : candidates.FirstOrDefault(File.Exists);
        if (path is null || !File.Exists(path))
        {
            throw new CephConfigurationException(
                $"no configuration file at {string.Join(", ", candidates)}{source}: give the path of a readable ceph.conf");
        }

        return (CephConfFile.Load(path), clusterName ?? (confPath is null ? DefaultCluster : NameFromFile(path)), candidates);
    }

    private static (CephConfFile File, string ClusterName, IReadOnlyList<string> Searched) FindUsual(string cluster, CephEnvironment environment)
    {
        string[] usual =
        [
            Path.Combine(environment.SystemConfigurationFolder, "ceph", $"{cluster}.conf"),
            Path.Combine(environment.HomeFolder, ".ceph", $"{cluster}.conf"),
            Path.Combine(environment.CurrentFolder, $"{cluster}.conf"),
        ];
        string? path = usual.FirstOrDefault(File.Exists);
        return (path is null ? CephConfFile.Empty("(no ceph.conf)") : CephConfFile.Load(path), cluster, usual);
    }

    /// <summary>
    /// Ceph takes the cluster's name from the name of a file that was given on the command line: <c>-c west.conf</c> is the configuration of
    /// <c>west</c>. With <c>$CEPH_CONF</c> it does not.
    /// </summary>
    private static string NameFromFile(string path) =>
        Path.GetExtension(path) == ".conf" && Path.GetFileNameWithoutExtension(path) is { Length: > 0 } name ? name : DefaultCluster;

    private static string? NonEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
