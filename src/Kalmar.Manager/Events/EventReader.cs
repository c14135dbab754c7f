using System.Threading.Channels;

namespace Kalmar.Manager.Events;

/// <summary>The queue of one live reader.</summary>
internal sealed class EventReader
{
    /// <summary>Events that wait for a reader at most.</summary>
    public const int Capacity = 1024;

    private int _missed;

    /// <summary>What waits.</summary>
    public Channel<StoredEvent> Queue { get; } = Channel.CreateBounded<StoredEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = true });

    /// <summary>Hands an event over.</summary>
    /// <returns>False when the queue was full, or is to be refilled from the store first.</returns>
    public bool Offer(StoredEvent stored)
    {
        if (Volatile.Read(ref _missed) == 0 && Queue.Writer.TryWrite(stored))
        {
            return true;
        }

        Volatile.Write(ref _missed, 1);
        return false;
    }

    /// <summary>True when something did not fit and was not fetched from the store yet.</summary>
    public bool HasMissed => Volatile.Read(ref _missed) == 1;

    /// <summary>True once after something did not fit; from then on the queue takes events again.</summary>
    public bool TakeMissed() => Interlocked.Exchange(ref _missed, 0) == 1;
}
