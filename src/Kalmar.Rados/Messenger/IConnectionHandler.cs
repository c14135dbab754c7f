using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Messenger;

/// <summary>Receives what happens on a connection.</summary>
public interface IConnectionHandler
{
    /// <summary>
    /// A message arrived. The next one is read when this has finished, so it must be quick, and must not wait for another message of the
    /// same connection nor dispose of the connection. What it throws ends the connection.
    /// </summary>
    /// <param name="connection">Where it came from.</param>
    /// <param name="message">The message; it may be kept.</param>
    /// <param name="cancellationToken">Cancelled when the connection ends.</param>
    ValueTask MessageAsync(MessengerConnection connection, RawMessage message, CancellationToken cancellationToken);

    /// <summary>The connection ended; no message comes after this. Called once. Must not throw.</summary>
    /// <param name="connection">Which one.</param>
    /// <param name="end">Why.</param>
    void Ended(MessengerConnection connection, ConnectionEnd end);
}
