namespace Kalmar.Carbon.Routing;

/// <summary><c>RELAY_METHOD = consistent-hashing</c>, and <c>fast-hashing</c> on a fast ring.</summary>
/// <param name="ring">The ring.</param>
/// <param name="replicationFactor">How many destinations get each point (<c>REPLICATION_FACTOR</c>).</param>
/// <param name="diverse">At most one of each host (<c>DIVERSE_REPLICAS</c>).</param>
public sealed class ConsistentHashingRouter(HashRing ring, int replicationFactor, bool diverse) : IRouter
{
    /// <inheritdoc/>
    public IReadOnlyList<Destination> Destinations => ring.Destinations;

    /// <inheritdoc/>
    public int Route(ReadOnlySpan<byte> name, Span<int> found) =>
        ring.Find(name, diverse, found[..Math.Min(found.Length, replicationFactor)]);
}
