namespace Kalmar.Graphite.Sources;

/// <summary>A search for metrics.</summary>
/// <param name="Pattern">A path with globs.</param>
/// <param name="From">Start of the window in unix seconds, or null.</param>
/// <param name="Until">End of the window in unix seconds, or null.</param>
/// <param name="LocalOnly">Ask only this server.</param>
/// <param name="LeavesOnly">Leave folders out.</param>
/// <param name="WithIntervals">Tell for which times metrics have values; costs a look at each file.</param>
/// <param name="Limit">More matches than this are refused.</param>
public sealed record FindQuery(
    string Pattern, long? From = null, long? Until = null, bool LocalOnly = false, bool LeavesOnly = false, bool WithIntervals = false, int Limit = FindQuery.DefaultLimit)
{
    /// <summary>How many matches a search may give unless told otherwise.</summary>
    public const int DefaultLimit = 2_000_000;
}
