using System.Threading.Channels;
using Kalmar.Rados.Messenger;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Messenger;

/// <summary>Keeps what arrives on a connection; can answer, and can hold the connection's reader up.</summary>
internal sealed class RecordingHandler : IConnectionHandler
{
    private readonly Channel<RawMessage> _messages = Channel.CreateUnbounded<RawMessage>();
    private readonly TaskCompletionSource<ConnectionEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChannelReader<RawMessage> Messages => _messages.Reader;

    public Task<ConnectionEnd> Completion => _ended.Task;

    public Func<MessengerConnection, RawMessage, CancellationToken, ValueTask>? Answer { get; init; }

    public async ValueTask MessageAsync(MessengerConnection connection, RawMessage message, CancellationToken cancellationToken)
    {
        _messages.Writer.TryWrite(message);
        if (Answer is not null)
        {
            await Answer(connection, message, cancellationToken);
        }
    }

    public void Ended(MessengerConnection connection, ConnectionEnd end)
    {
        _messages.Writer.TryComplete();
        _ended.TrySetResult(end);
    }
}
