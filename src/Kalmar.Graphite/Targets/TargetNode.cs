namespace Kalmar.Graphite.Targets;

/// <summary>A part of a parsed target.</summary>
public abstract class TargetNode
{
    private protected TargetNode() { }
}
