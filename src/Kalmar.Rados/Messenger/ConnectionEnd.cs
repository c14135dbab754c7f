namespace Kalmar.Rados.Messenger;

/// <summary>The one reason why a connection ended: the first thing that went wrong.</summary>
/// <param name="Reason">The kind.</param>
/// <param name="Description">One line for an operator, with the peer in it.</param>
/// <param name="Exception">What was thrown, if anything was.</param>
public sealed record ConnectionEnd(ConnectionEndReason Reason, string Description, Exception? Exception = null);
