namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A page of a long list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Count">How many there are in all.</param>
/// <param name="Next">The next page's address, or null.</param>
/// <param name="Previous">The page before, or null.</param>
/// <param name="Results">This page.</param>
internal sealed record PageResource<T>(long Count, string? Next, string? Previous, IReadOnlyList<T> Results);
