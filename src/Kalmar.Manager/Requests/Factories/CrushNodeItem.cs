namespace Kalmar.Manager.Requests.Factories;

/// <summary>What stands in a bucket, as Calamari's API names it.</summary>
/// <param name="Id">A device (0 and up) or a bucket (negative).</param>
/// <param name="Weight">Its weight, mostly TiB; null leaves a bucket's as the sum of what stands in it, and a device's as it is.</param>
public sealed record CrushNodeItem(int Id, double? Weight);
