namespace Kalmar.Cli.Configuration;

/// <summary>How often what the maps do not tell is asked for.</summary>
/// <param name="Status">Health, PG states, quorum, I/O.</param>
/// <param name="Usage">Use of pools and OSDs.</param>
/// <param name="Metadata">Versions and hosts.</param>
public sealed record PollOptions(TimeSpan Status, TimeSpan Usage, TimeSpan Metadata);
