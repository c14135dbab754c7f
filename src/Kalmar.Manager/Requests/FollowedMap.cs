namespace Kalmar.Manager.Requests;

/// <summary>The map whose version a command's answer carries.</summary>
public enum FollowedMap
{
    /// <summary>None that we follow.</summary>
    None,

    /// <summary>The OSD map (<c>osd …</c>).</summary>
    OsdMap,

    /// <summary>The monitors' map (<c>mon …</c>).</summary>
    MonMap,

    /// <summary>The managers' map (<c>mgr …</c>).</summary>
    MgrMap,

    /// <summary>The file systems' map (<c>fs …</c>, <c>mds …</c>).</summary>
    FsMap,
}
