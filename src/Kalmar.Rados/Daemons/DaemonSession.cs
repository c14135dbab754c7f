using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Daemons;

/// <summary>One connection to a daemon and the commands that wait on it.</summary>
internal sealed class DaemonSession(MessengerConnection connection, EntityAddress address) : IConnectionHandler
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, TaskCompletionSource<RawMessage>> _pending = [];
    private ulong _transaction;
    private ConnectionEnd? _end;

    public MessengerConnection Connection { get; } = connection;

    public EntityAddress Address { get; } = address;

    public bool IsAlive => Connection.End is null;

    /// <summary>Sends a request and waits for the answer that bears its number.</summary>
    /// <exception cref="CephConnectionException">The connection ended before.</exception>
    public async Task<RawMessage> RequestAsync(IMessage message, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<RawMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        ulong transaction;
        lock (_lock)
        {
            if (_end is not null)
            {
                throw Lost(_end);
            }

            transaction = ++_transaction;
            _pending[transaction] = answer;
        }

        try
        {
            await Connection.SendAsync(message, transaction, cancellationToken).ConfigureAwait(false);
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _pending.Remove(transaction);
            }
        }
    }

    public ValueTask MessageAsync(MessengerConnection connection, RawMessage message, CancellationToken cancellationToken)
    {
        if (message.Type is MessageType.CommandReply or MessageType.MgrCommandReply or MessageType.MonCommandAck)
        {
            TaskCompletionSource<RawMessage>? answer;
            lock (_lock)
            {
                _pending.TryGetValue(message.Header.Transaction, out answer);
            }

            answer?.TrySetResult(message);
        }

        // Daemons also push maps to their clients; those come from the monitors.
        return ValueTask.CompletedTask;
    }

    public void Ended(MessengerConnection connection, ConnectionEnd end)
    {
        TaskCompletionSource<RawMessage>[] waiting;
        lock (_lock)
        {
            _end = end;
            waiting = [.. _pending.Values];
        }

        foreach (TaskCompletionSource<RawMessage> answer in waiting)
        {
            answer.TrySetException(Lost(end));
        }
    }

    private static CephConnectionException Lost(ConnectionEnd end) => new(end.Description, end.Exception);
}
