using Kalmar.Wire;

namespace Kalmar.Collectors.Daemons;

/// <summary>A daemon to ask for its counters.</summary>
/// <param name="Type">mon, osd, mds or mgr.</param>
/// <param name="Id">Its id: <c>3</c>, <c>a</c>, <c>x</c>.</param>
/// <param name="Incarnation">
/// Something that changes when the daemon is started again: its address with the nonce, or the epoch it came up in. Its counters start
/// anew then, and its schema is asked for again.
/// </param>
public sealed record DaemonTarget(EntityType Type, string Id, string Incarnation)
{
    /// <summary><c>osd.3</c>.</summary>
    public string Name => $"{Type.ToWireName()}.{Id}";
}
