namespace Kalmar.Collectors.Daemons;

/// <summary>What became of one dump.</summary>
/// <param name="Points">Samples published.</param>
/// <param name="Unknown">Counters that the schema doesn't have: it is time to ask for it again.</param>
/// <param name="Mismatched">Counters whose value was not of the kind that the schema promised; left out.</param>
public readonly record struct PerfFlattenResult(int Points, int Unknown, int Mismatched);
