namespace Kalmar.Graphite.Targets;

/// <summary>A function with its arguments.</summary>
public sealed class CallNode(string name, IReadOnlyList<TargetNode> arguments, IReadOnlyList<KeyValuePair<string, TargetNode>> named, string raw) : TargetNode
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name;

    /// <summary>The arguments by position. What is piped in is the first one.</summary>
    public IReadOnlyList<TargetNode> Arguments { get; } = arguments;

    /// <summary>The arguments by name.</summary>
    public IReadOnlyList<KeyValuePair<string, TargetNode>> Named { get; } = named;

    /// <summary>The call as it was written.</summary>
    public string Raw { get; } = raw;

    internal CallNode WithFirst(TargetNode first) => new(Name, [first, .. Arguments], Named, Raw);
}
