namespace Kalmar.Wire;

/// <summary>A connection could not be made or was lost: refused, timed out, reset, or closed by the peer.</summary>
/// <param name="message">Which peer, and what happened.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public sealed class CephConnectionException(string message, Exception? innerException = null) : CephException(message, innerException)
{
    /// <summary>True when it is certain that what was to be sent never left. False when it may have.</summary>
    public bool NothingSent { get; init; }

    /// <summary>Always true: the peer may come back.</summary>
    public override bool IsTransient => true;
}
