using Kalmar.Rados.Maps;

namespace Kalmar.Server.Views;

/// <summary>What an operator wants to know of a map's flags: those that every healthy cluster has are left out, as <c>ceph -s</c> does.</summary>
internal static class OsdMapNotes
{
    private const OsdMapFlags Ordinary = OsdMapFlags.SortBitwise | OsdMapFlags.RecoveryDeletes | OsdMapFlags.PurgedSnapDirs | OsdMapFlags.PgLogHardLimit
        | OsdMapFlags.RequireJewel | OsdMapFlags.RequireKraken | OsdMapFlags.RequireLuminous;

    private const OsdState Plain = OsdState.Exists | OsdState.Up | OsdState.AutoOut;

    /// <summary>The names of flags that somebody set, or that tell of trouble.</summary>
    public static IReadOnlyList<string> Flags(OsdMap map) => (map.Flags & ~Ordinary).ToNames();

    /// <summary>The names of an OSD's states beyond up and down.</summary>
    public static IReadOnlyList<string> Flags(OsdEntry osd) => (osd.State & ~Plain).ToNames();
}
