namespace Kalmar.Graphite.Functions;

/// <summary>
/// Puts a function into the registry. The signature is written as in Graphite's documentation:
/// <c>seriesList:seriesList, n:integer, func:aggFunc?=average, nodes:nodeOrTag?...</c>, where <c>?</c> means optional and <c>...</c> any number.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RenderFunctionAttribute(string names, string group, string signature, string description) : Attribute
{
    /// <summary>The function's names, parted by commas.</summary>
    public string Names { get; } = names;

    /// <summary>The heading under which editors show it.</summary>
    public string Group { get; } = group;

    /// <summary>Its parameters.</summary>
    public string Signature { get; } = signature;

    /// <summary>What it does, in a sentence or two.</summary>
    public string Description { get; } = description;

    /// <summary>Whether it may stand where an aggregation's name is expected.</summary>
    public bool Aggregator { get; init; }

    /// <summary>What an editor offers for the parameter named before the colon: <c>windowSize: 5, 7, 1min</c>.</summary>
    public string? Suggestions { get; init; }

    /// <summary>What the parameter named before the colon accepts: <c>system: si, binary</c>.</summary>
    public string? Options { get; init; }
}
