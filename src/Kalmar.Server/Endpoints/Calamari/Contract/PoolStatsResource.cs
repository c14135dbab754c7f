namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A pool's counters, totals since it was made.</summary>
internal sealed record PoolStatsResource(
    string Name,
    long Id,
    long NumObjects,
    long NumBytes,
    long NumKb,
    long NumRd,
    long NumWr,
    long NumRdKb,
    long NumWrKb,
    long NumObjectClones,
    long NumObjectCopies,
    long NumObjectsDegraded,
    long NumObjectsUnfound,
    long NumObjectsMissingOnPrimary);
