using Kalmar.Rados.Maps;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Manager.Clusters;

/// <summary>
/// Turns the stream of full and incremental OSD maps into maps. Not thread-safe. A step that is missing or does not fit asks for a full map
/// instead of guessing.
/// </summary>
internal sealed class OsdMapFollower
{
    /// <summary>The newest map; null before the first full one.</summary>
    public OsdMap? Current { get; private set; }

    /// <summary>Takes one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="needsFull">True when the caller must ask for a full map.</param>
    /// <returns>True when <see cref="Current"/> is a newer map than before.</returns>
    /// <exception cref="CephProtocolException">A map makes no sense; ask for a full one.</exception>
    public bool Take(MOsdMap message, out bool needsFull)
    {
        needsFull = false;
        OsdMap? before = Current;
        if (message.FullMaps.Count > 0)
        {
            (Epoch epoch, ReadOnlyMemory<byte> bytes) = message.FullMaps.MaxBy(m => m.Key);
            if (Current is null || epoch > Current.Epoch)
            {
                var reader = new WireReader(bytes.Span, "OSDMap");
                Current = OsdMap.Read(ref reader);
            }
        }

        foreach ((Epoch epoch, ReadOnlyMemory<byte> bytes) in message.Incrementals.OrderBy(m => m.Key))
        {
            if (Current is not null && epoch <= Current.Epoch)
            {
                continue;
            }

            var reader = new WireReader(bytes.Span, "OSDMap::Incremental");
            OsdMapIncremental step = OsdMapIncremental.Read(ref reader);
            if (Current is null && step.FullMap is null)
            {
                needsFull = true;
                break;
            }

            OsdMapUpdate update = (Current ?? OsdMap.Empty).Apply(step);
            if (update.Outcome != OsdMapUpdateOutcome.Applied)
            {
                needsFull = true;
                break;
            }

            Current = update.Map;
        }

        return !ReferenceEquals(before, Current);
    }

    /// <summary>Forgets the map, so that the full one that was asked for is taken whatever its epoch.</summary>
    public void Forget() => Current = null;
}
