namespace Kalmar.Manager.Requests;

/// <summary>A command's output that waits for the one who asked.</summary>
internal sealed class KeptOutput(string actor, string text, DateTimeOffset until)
{
    public string Actor { get; } = actor;

    public string Text { get; } = text;

    public DateTimeOffset Until { get; } = until;
}
