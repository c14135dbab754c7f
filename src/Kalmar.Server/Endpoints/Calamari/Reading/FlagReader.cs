using Kalmar.Rados.Maps;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>The cluster-wide flags that Calamari lets change (<c>osd_config</c>).</summary>
internal static class FlagReader
{
    /// <summary>By name; <c>pause</c> stands for both of its bits.</summary>
    public static readonly IReadOnlyDictionary<string, OsdMapFlags> Flags = new Dictionary<string, OsdMapFlags>(StringComparer.Ordinal)
    {
        ["pause"] = OsdMapFlags.PauseRead | OsdMapFlags.PauseWrite,
        ["noup"] = OsdMapFlags.NoUp,
        ["nodown"] = OsdMapFlags.NoDown,
        ["noout"] = OsdMapFlags.NoOut,
        ["noin"] = OsdMapFlags.NoIn,
        ["nobackfill"] = OsdMapFlags.NoBackfill,
        ["norecover"] = OsdMapFlags.NoRecover,
        ["noscrub"] = OsdMapFlags.NoScrub,
        ["nodeep-scrub"] = OsdMapFlags.NoDeepScrub,
    };

    /// <summary>What is set in a map.</summary>
    public static IReadOnlyDictionary<string, bool> Of(OsdMap map) =>
        Flags.ToDictionary(f => f.Key, f => (map.Flags & f.Value) == f.Value, StringComparer.Ordinal);
}
