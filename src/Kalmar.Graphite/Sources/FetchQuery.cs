using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Sources;

/// <summary>A request for values.</summary>
/// <param name="Pattern">A path with globs.</param>
/// <param name="From">Start of the window in unix seconds (the first value is after it).</param>
/// <param name="Until">End of the window in unix seconds.</param>
/// <param name="Now">What counts as now in unix seconds: the archive that is read is chosen by its distance to <paramref name="From"/>.</param>
/// <param name="MaxDataPoints">How many points the asker wants to see, or null.</param>
/// <param name="LocalOnly">Ask only this server.</param>
/// <param name="Budget">What the request may still cost.</param>
public sealed record FetchQuery(string Pattern, long From, long Until, long Now, int? MaxDataPoints, bool LocalOnly, EvaluationBudget Budget);
