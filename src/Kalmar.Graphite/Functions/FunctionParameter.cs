namespace Kalmar.Graphite.Functions;

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in Graphite's words: seriesList, float, aggFunc, ….</param>
/// <param name="Required">Whether a call must give it.</param>
/// <param name="Default">What it is when not given (long, double, bool or string), or null.</param>
/// <param name="Multiple">Whether it takes all arguments that follow.</param>
/// <param name="Options">The values that are accepted; empty for any.</param>
/// <param name="Suggestions">Values to offer.</param>
public sealed record FunctionParameter(
    string Name, string Type, bool Required, object? Default, bool Multiple, IReadOnlyList<string> Options, IReadOnlyList<string> Suggestions);
