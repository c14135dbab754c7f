namespace Kalmar.Rados.Messenger;

/// <summary>Why a connection ended.</summary>
public enum ConnectionEndReason
{
    /// <summary>We closed it.</summary>
    ClosedHere,

    /// <summary>The peer closed it.</summary>
    ClosedByPeer,

    /// <summary>The network failed: reset, unreachable.</summary>
    NetworkFailure,

    /// <summary>The peer did not answer keepalives, or sent nothing for too long.</summary>
    TimedOut,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolError,

    /// <summary>Who received the messages failed.</summary>
    HandlerFailed,
}
