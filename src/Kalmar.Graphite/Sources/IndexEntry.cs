namespace Kalmar.Graphite.Sources;

/// <summary>A child in the index: a name, which is a metric, or a node, which is a folder and perhaps a metric too.</summary>
internal readonly struct IndexEntry(object item)
{
    public string Name => item as string ?? ((IndexNode)item).Name;

    public bool IsLeaf => item is string or IndexNode { IsLeaf: true };

    /// <summary>The folder of this name when there is something in it.</summary>
    public IndexNode? Folder => item is IndexNode { HasChildren: true } folder ? folder : null;
}
