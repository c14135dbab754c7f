namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>How many of a kind are in a condition, and in which states they are.</summary>
internal sealed record CounterGroup(long Count, IReadOnlyDictionary<string, long> States);
