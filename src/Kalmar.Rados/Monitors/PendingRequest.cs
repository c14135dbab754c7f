using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <summary>A request to the monitors that waits for its answer.</summary>
internal sealed class PendingRequest(ulong transaction, string what, bool isIdempotent, Func<Guid, IMessage> makeMessage)
{
    public ulong Transaction { get; } = transaction;

    public string What { get; } = what;

    public bool IsIdempotent { get; } = isIdempotent;

    /// <summary>The session over which it went; null while it waits for one. Guarded by the client's lock.</summary>
    public MonitorSession? SentOn { get; set; }

    public TaskCompletionSource<RawMessage> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IMessage MakeMessage(Guid fsid) => makeMessage(fsid);
}
