namespace Kalmar.Manager.Requests;

/// <summary>A row of table <c>request_steps</c>: what is known about one step of a request.</summary>
internal sealed class StepRecord
{
    /// <summary>The command is about to leave, or left, and no answer is known.</summary>
    public const string Sending = "sending";

    /// <summary>The answer came.</summary>
    public const string Answered = "answered";

    /// <summary>No answer came, and the map shows the effect.</summary>
    public const string Judged = "judged";

    public int Step { get; init; }

    public required string Phase { get; init; }

    public int Sends { get; init; }

    public long Result { get; init; }

    public long MapVersion { get; init; }

    public required string Message { get; init; }
}
