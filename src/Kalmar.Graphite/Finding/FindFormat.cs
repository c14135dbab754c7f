namespace Kalmar.Graphite.Finding;

/// <summary>The forms in which found nodes are given.</summary>
public enum FindFormat
{
    /// <summary>For tree views: text, id, leaf, expandable.</summary>
    TreeJson,

    /// <summary>The distinct names at one position.</summary>
    NodeList,

    /// <summary>Path, whether it is a leaf, and for which times it has values.</summary>
    Json,

    /// <summary>For input fields that complete what is typed.</summary>
    Completer,

    /// <summary>Python's pickle.</summary>
    Pickle,

    /// <summary>MessagePack.</summary>
    MessagePack,
}
