namespace Kalmar.Manager.Events.Differences;

/// <summary>What events tell of a daemon.</summary>
internal sealed record DaemonEssence(string Version, string Host);
