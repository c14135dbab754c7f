namespace Kalmar.Wire;

/// <summary>Bytes that break the protocol: truncated, out of range, newer than we are able to read, or with a wrong checksum.</summary>
/// <param name="message">Which structure, at which offset, and what was expected.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public sealed class CephProtocolException(string message, Exception? innerException = null) : CephException(message, innerException)
{
    /// <summary>Always false: the same bytes stay wrong.</summary>
    public override bool IsTransient => false;
}
