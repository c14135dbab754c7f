namespace Kalmar.Graphite.Targets;

/// <summary>A metric path with globs, such as <c>ceph.*.osd.{0,1}.bytes</c>.</summary>
public sealed class PathNode(string path) : TargetNode
{
    /// <summary>The path as written.</summary>
    public string Path { get; } = path;
}
