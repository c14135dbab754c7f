namespace Kalmar.Wire;

/// <summary>Anything that went wrong between us and a Ceph cluster. Misuse of the library throws the BCL's exceptions instead.</summary>
/// <param name="message">What was wrong and where, in one line, fit to be shown to an operator. Never holds a secret.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public abstract class CephException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>True when the same call may succeed later without anything being changed by the operator.</summary>
    public abstract bool IsTransient { get; }
}
