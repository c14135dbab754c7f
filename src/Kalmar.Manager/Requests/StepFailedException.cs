using Kalmar.Manager.Audit;

namespace Kalmar.Manager.Requests;

/// <summary>A step of a request did not do what it should; the message is the request's error message.</summary>
internal sealed class StepFailedException(AuditOutcome outcome, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Failed, or unknown when the command may have run.</summary>
    public AuditOutcome Outcome { get; } = outcome;
}
