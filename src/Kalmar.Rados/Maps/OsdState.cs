namespace Kalmar.Rados.Maps;

/// <summary>What the map says about one OSD, a CRUSH node or a device class, with Ceph's bits.</summary>
[Flags]
public enum OsdState : uint
{
    /// <summary>Nothing: there is no such OSD.</summary>
    None = 0,

    /// <summary>There is such an OSD.</summary>
    Exists = 1,

    /// <summary>It runs and is heard of.</summary>
    Up = 1 << 1,

    /// <summary>The monitors marked it out by themselves.</summary>
    AutoOut = 1 << 2,

    /// <summary>It has never been in.</summary>
    New = 1 << 3,

    /// <summary>It is full.</summary>
    Full = 1 << 4,

    /// <summary>It is nearly full.</summary>
    NearFull = 1 << 5,

    /// <summary>It is too full to be backfilled to.</summary>
    BackfillFull = 1 << 6,

    /// <summary>Its data is gone; the id waits for a new disk.</summary>
    Destroyed = 1 << 7,

    /// <summary>It may not be marked up.</summary>
    NoUp = 1 << 8,

    /// <summary>It may not be marked down.</summary>
    NoDown = 1 << 9,

    /// <summary>It may not be marked in.</summary>
    NoIn = 1 << 10,

    /// <summary>It may not be marked out.</summary>
    NoOut = 1 << 11,

    /// <summary>It was told to stop.</summary>
    Stop = 1 << 12,
}
