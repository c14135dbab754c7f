using System.Threading.Channels;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <summary>
/// Messages of one subscription, kept up over lost sessions: after each one the monitors are asked for what comes after the last message.
/// Made by <see cref="MonitorClient.Subscribe(string, ulong, int)"/>. One reader.
/// </summary>
public sealed class MonitorSubscription : IDisposable
{
    private readonly MonitorClient _client;
    private readonly Channel<RawMessage> _messages;
    private long _dropped;

    internal MonitorSubscription(MonitorClient client, string what, int capacity)
    {
        _client = client;
        What = what;
        _messages = Channel.CreateBounded<RawMessage>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Drop());
    }

    /// <summary>What was subscribed to: monmap, osdmap, mgrmap, ...</summary>
    public string What { get; }

    /// <summary>
    /// Messages that the reader was too slow for; the oldest one goes first. When that happens to a chain of increments (osdmap), a full map
    /// is asked for by itself.
    /// </summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The messages; completes when the subscription or the client is disposed of.</summary>
    public ChannelReader<RawMessage> Messages => _messages.Reader;

    /// <summary>The messages, as they come.</summary>
    /// <param name="cancellationToken">Ends the reading, not the subscription.</param>
    public IAsyncEnumerable<RawMessage> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _messages.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Asks again, for the newest (0) or for everything from a version on; for a reader that lost the thread.</summary>
    /// <param name="start">The first version wanted.</param>
    public void Restart(ulong start = 0) => _client.Resubscribe(What, start);

    /// <summary>Ends the subscription. The monitors go on sending until the session ends; that is thrown away.</summary>
    public void Dispose()
    {
        _client.Unsubscribe(this);
        _messages.Writer.TryComplete();
    }

    internal void Deliver(RawMessage message) => _messages.Writer.TryWrite(message);

    internal void Complete() => _messages.Writer.TryComplete();

    private void Drop()
    {
        Interlocked.Increment(ref _dropped);
        if (What == SubscriptionNames.OsdMap)
        {
            _client.Resubscribe(What, 0);
        }
    }
}
