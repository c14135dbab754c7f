namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>The cluster's space in KiB, and its objects.</summary>
internal sealed record ClusterStatsResource(long Kb, long NumObjects, long KbAvail, long KbUsed);
