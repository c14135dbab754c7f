using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <summary>One session of a <see cref="MonitorClient"/>: knows whose it is and which connection.</summary>
internal sealed class MonitorSession(MonitorClient owner, MessengerConnection connection, EntityAddress address) : IConnectionHandler
{
    public MessengerConnection Connection { get; } = connection;

    public EntityAddress Address { get; } = address;

    /// <summary>Finishes with the first MonMap: only a monitor in quorum gives one.</summary>
    public TaskCompletionSource Verified { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask MessageAsync(MessengerConnection connection, RawMessage message, CancellationToken cancellationToken)
    {
        owner.Dispatch(this, message);
        return ValueTask.CompletedTask;
    }

    public void Ended(MessengerConnection connection, ConnectionEnd end) =>
        Verified.TrySetException(new CephConnectionException(end.Description, end.Exception));
}
