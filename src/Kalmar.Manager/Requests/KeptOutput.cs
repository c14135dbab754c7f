namespace Kalmar.Manager.Requests;

/// <summary>A command's answer that waits for the one who asked.</summary>
internal sealed class KeptOutput(string actor, RequestAnswer answer, DateTimeOffset until)
{
    public string Actor { get; } = actor;

    public RequestAnswer Answer { get; } = answer;

    public DateTimeOffset Until { get; } = until;
}
