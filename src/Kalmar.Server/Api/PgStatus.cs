using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Api;

/// <summary>Placement groups and objects, counted.</summary>
internal sealed record PgStatus(
    long NumPgs,
    IReadOnlyDictionary<string, long> ByState,
    long NumObjects,
    long DataBytes,
    long DegradedObjects,
    long MisplacedObjects,
    long UnfoundObjects,
    long ObjectCopies)
{
    public static PgStatus Of(PgSummary pgs) => new(
        pgs.Pgs,
        pgs.States.ToDictionary(s => s.State, s => s.Count, StringComparer.Ordinal),
        pgs.Objects,
        pgs.DataBytes,
        pgs.DegradedObjects,
        pgs.MisplacedObjects,
        pgs.UnfoundObjects,
        pgs.ObjectCopies);
}
