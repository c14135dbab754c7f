using System.Text;

namespace Kalmar.Collectors;

/// <summary>
/// How series are called: <c>PREFIX.HOST[.SUFFIX].COLLECTOR.METRIC</c> as Diamond has it (default prefix <c>servers</c>), and
/// <c>ceph.cluster.FSID…</c> as Calamari's graphs have it. Whatever comes from outside goes through <see cref="Clean"/>, so that no name
/// of a disk, a pool or a counter can put a series into another branch of the tree or outside the storage folder.
/// </summary>
public static class MetricNames
{
    /// <summary>The longest node that <see cref="Clean"/> gives, in bytes of UTF-8: a file name's 255 less the <c>.wsp</c>.</summary>
    public const int MaxNodeBytes = 251;

    /// <summary>Diamond's default <c>path_prefix</c>.</summary>
    public const string DefaultPathPrefix = "servers";

    /// <summary>Where a cluster's series are, when the fsid is not replaced by a name.</summary>
    public const string DefaultClusterPrefix = "ceph.cluster";

    /// <summary>
    /// Makes one node of a path from any text. Letters, digits and <c>_ - : @ %</c> stay; everything else (dots, slashes, white space,
    /// control characters, what Graphite reads as a pattern, a separator, a tag or a bracket, halves of surrogate pairs) becomes <c>_</c>.
    /// An empty text becomes <c>_</c>; one that is too long is cut and ends with a hash of the whole, so that two long names stay two.
    /// </summary>
    /// <param name="text">The text, of any length.</param>
    /// <returns>One node: never empty, without a dot, no longer than <see cref="MaxNodeBytes"/>.</returns>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return "_";
        }

        string cleaned = IsClean(text) ? text : string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = IsClean(source[i]) ? source[i] : '_';
            }
        });
        return cleaned.Length * 3 <= MaxNodeBytes || Encoding.UTF8.GetByteCount(cleaned) <= MaxNodeBytes ? cleaned : Shorten(cleaned);
    }

    /// <summary>The branch of one host: <c>servers.ceph1</c>.</summary>
    /// <param name="host">The host's node (see <see cref="HostIdentity.ToNode"/>), or null for none. May hold dots; each of its nodes is cleaned.</param>
    /// <param name="pathPrefix">What comes before it; may hold dots or be empty.</param>
    /// <param name="pathSuffix">What comes after it; may hold dots or be empty.</param>
    public static string HostBranch(string? host, string pathPrefix = DefaultPathPrefix, string pathSuffix = "")
    {
        ArgumentNullException.ThrowIfNull(pathPrefix);
        ArgumentNullException.ThrowIfNull(pathSuffix);
        return CleanPath(string.Join('.', pathPrefix, host, pathSuffix));
    }

    /// <summary>The branch of one cluster: <c>ceph.cluster.FSID</c>.</summary>
    /// <param name="id">The fsid; or the cluster's name, where the fork of Diamond that Calamari used had <c>short_names</c> on.</param>
    /// <param name="clusterPrefix">What comes before it; may hold dots.</param>
    public static string ClusterBranch(string id, string clusterPrefix = DefaultClusterPrefix)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(clusterPrefix);
        return CleanPath(clusterPrefix) + "." + Clean(id);
    }

    /// <summary>Cleans each node of a path and leaves out the empty ones.</summary>
    /// <param name="path">Nodes joined by dots.</param>
    public static string CleanPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return string.Join('.', path.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(Clean));
    }

    private static bool IsClean(string text)
    {
        foreach (char c in text)
        {
            if (!IsClean(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsClean(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or ':' or '@' or '%';

    private static string Shorten(string text)
    {
        // FNV-1a, 64 bits: stable between runs, unlike string.GetHashCode.
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        const int HashLength = 17;
        int bytes = 0;
        int length = 0;
        while (length < text.Length && bytes + Encoding.UTF8.GetByteCount(text.AsSpan(length, 1)) <= MaxNodeBytes - HashLength)
        {
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(length, 1));
            length++;
        }

        return $"{text.AsSpan(0, length)}_{hash:x16}";
    }
}
