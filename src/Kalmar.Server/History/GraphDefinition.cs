namespace Kalmar.Server.History;

/// <summary>A graph of a page.</summary>
/// <param name="Id">The element's id.</param>
/// <param name="Title">The heading.</param>
/// <param name="Unit">What the numbers are.</param>
/// <param name="Lines">What it draws.</param>
public sealed record GraphDefinition(string Id, string Title, GraphUnit Unit, IReadOnlyList<GraphLine> Lines);
