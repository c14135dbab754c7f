namespace Kalmar.Graphite.Targets;

/// <summary><c>template(expression, values…)</c>: <c>$1</c> or <c>$name</c> in the expression's paths stand for the values.</summary>
public sealed class TemplateNode(TargetNode body, IReadOnlyList<KeyValuePair<string, object?>> values) : TargetNode
{
    /// <summary>The expression.</summary>
    public TargetNode Body { get; } = body;

    /// <summary>The values by name; those by position are named 1, 2, ….</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values { get; } = values;
}
