namespace Kalmar.Carbon.Routing;

/// <summary>Tells where a series' points go. Thread-safe.</summary>
public interface IRouter
{
    /// <summary>All destinations; routes are numbers in this list.</summary>
    IReadOnlyList<Destination> Destinations { get; }

    /// <summary>The destinations of a series; fewer than there are when the rules say so, none when no rule fits.</summary>
    /// <param name="name">The name, UTF-8.</param>
    /// <param name="found">Gets the numbers; as long as <see cref="Destinations"/>.</param>
    /// <returns>How many.</returns>
    int Route(ReadOnlySpan<byte> name, Span<int> found);
}
