namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A placement group.</summary>
/// <param name="Id"><c>2.1f</c>.</param>
/// <param name="Pool">The pool's name.</param>
/// <param name="State">States joined by <c>+</c>.</param>
/// <param name="Up">OSDs that CRUSH chose.</param>
/// <param name="Acting">OSDs that serve it now.</param>
/// <param name="UpPrimary">The first of <paramref name="Up"/>.</param>
/// <param name="ActingPrimary">Who leads now.</param>
internal sealed record PgResource(string Id, string Pool, string State, IReadOnlyList<int> Up, IReadOnlyList<int> Acting, int UpPrimary, int ActingPrimary);
