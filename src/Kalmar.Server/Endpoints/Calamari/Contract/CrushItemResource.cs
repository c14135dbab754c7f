namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>What stands in a bucket.</summary>
/// <param name="Id">0 and up for OSDs, negative for buckets.</param>
/// <param name="Weight">As <c>ceph osd tree</c> shows it (mostly TiB).</param>
/// <param name="Pos">Its place, from 0.</param>
internal sealed record CrushItemResource(int Id, double Weight, int Pos);
