namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A bucket of the CRUSH hierarchy; shadow buckets of device classes are left out.</summary>
internal sealed record CrushNodeResource(
    string BucketType, string Name, int Id, double Weight, string Alg, string Hash, IReadOnlyList<CrushItemResource> Items);
