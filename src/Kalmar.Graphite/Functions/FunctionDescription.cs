namespace Kalmar.Graphite.Functions;

/// <summary>A function as an editor needs to know it.</summary>
public sealed class FunctionDescription
{
    internal FunctionDescription(string name, RenderFunctionAttribute attribute, IReadOnlyList<FunctionParameter> parameters, RenderFunction implementation)
    {
        (Name, Group, Description, Aggregator) = (name, attribute.Group, attribute.Description, attribute.Aggregator);
        (Parameters, Implementation) = (parameters, implementation);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The heading under which it stands.</summary>
    public string Group { get; }

    /// <summary>What it does.</summary>
    public string Description { get; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<FunctionParameter> Parameters { get; }

    /// <summary>Whether it may stand where an aggregation's name is expected.</summary>
    public bool Aggregator { get; }

    /// <summary>The call's form: <c>scale(seriesList, factor)</c>.</summary>
    public string Form => $"{Name}({string.Join(", ", Parameters.Select(p => (p.Multiple ? "*" : "") + p.Name + (p.Default is null || p.Multiple ? "" : "=" + Text.PythonText.Str(p.Default))))})";

    internal RenderFunction Implementation { get; }
}
