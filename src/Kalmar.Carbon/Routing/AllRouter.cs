namespace Kalmar.Carbon.Routing;

/// <summary>Sends every series to every destination.</summary>
/// <param name="destinations">The destinations.</param>
public sealed class AllRouter(IReadOnlyList<Destination> destinations) : IRouter
{
    /// <inheritdoc/>
    public IReadOnlyList<Destination> Destinations => destinations;

    /// <inheritdoc/>
    public int Route(ReadOnlySpan<byte> name, Span<int> found)
    {
        for (int i = 0; i < destinations.Count; i++)
        {
            found[i] = i;
        }

        return destinations.Count;
    }
}
