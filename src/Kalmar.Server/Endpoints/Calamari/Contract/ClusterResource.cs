namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A cluster in v2.</summary>
/// <param name="UpdateTime">When anything was last heard of it.</param>
/// <param name="Id">The fsid.</param>
/// <param name="Name">What the operator calls it.</param>
internal sealed record ClusterResource(DateTimeOffset UpdateTime, string Id, string Name);
