using System.Text;
using Kalmar.Carbon.Aggregation;

namespace Kalmar.Carbon.Routing;

/// <summary>
/// <c>RELAY_METHOD = aggregated-consistent-hashing</c>, and <c>fast-aggregated-hashing</c> on a fast ring: a series goes where the series goes that it is aggregated into, so that one
/// aggregator gets all of its parts.
/// </summary>
/// <param name="ring">The ring.</param>
/// <param name="rules">Gives the rules in force.</param>
/// <param name="replicationFactor">How many destinations get each point.</param>
/// <param name="diverse">At most one of each host.</param>
public sealed class AggregatedHashingRouter(HashRing ring, Func<AggregationRules> rules, int replicationFactor, bool diverse) : IRouter
{
    /// <inheritdoc/>
    public IReadOnlyList<Destination> Destinations => ring.Destinations;

    /// <inheritdoc/>
    public int Route(ReadOnlySpan<byte> name, Span<int> found)
    {
        string text = Encoding.UTF8.GetString(name);
        int limit = Math.Min(found.Length, replicationFactor);
        int count = 0;
        bool any = false;
        Span<int> some = stackalloc int[limit];
        foreach (AggregationRule rule in rules().Rules)
        {
            if (rule.OutputOf(text) is not { } output)
            {
                continue;
            }

            any = true;
            int more = ring.Find(Encoding.UTF8.GetBytes(output), diverse, some);
            foreach (int destination in some[..more])
            {
                if (!found[..count].Contains(destination))
                {
                    found[count++] = destination;
                }
            }
        }

        return any ? count : ring.Find(name, diverse, found[..limit]);
    }
}
