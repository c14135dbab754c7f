namespace Kalmar.Graphite.Targets;

/// <summary>A number (<see cref="long"/> or <see cref="double"/>), text, truth value or null written in a target.</summary>
public sealed class ConstantNode(object? value) : TargetNode
{
    /// <summary>The value.</summary>
    public object? Value { get; } = value;
}
