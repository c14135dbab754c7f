using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <summary>How to reach the monitors of a cluster. Immutable.</summary>
public sealed record MonitorClientOptions
{
    /// <summary>Who we are.</summary>
    public EntityName Name { get; init; } = new(EntityType.Client, "admin");

    /// <summary>Our secret; null for clusters without authentication.</summary>
    public CephKey? Key { get; init; }

    /// <summary>Where monitors are, addresses of messenger 2. One that answers is enough: the others are learned from it.</summary>
    public required IReadOnlyList<EntityAddress> Monitors { get; init; }

    /// <summary>The cluster that is expected; null to take any.</summary>
    public Guid? Fsid { get; init; }

    /// <summary>The services for whose daemons tickets are asked for.</summary>
    public EntityType WantedTickets { get; init; } = EntityType.Mon | EntityType.Osd | EntityType.Mds | EntityType.Mgr;

    /// <summary>Connections to monitors. Like Ceph's own clients they prefer to be encrypted.</summary>
    public MessengerOptions Messenger { get; init; } = new() { Modes = [ConnectionMode.Secure, ConnectionMode.Crc] };

    /// <summary>How many monitors may be tried at the same time.</summary>
    public int ParallelAttempts { get; init; } = 3;

    /// <summary>How long one attempt goes on alone before the next monitor is tried beside it.</summary>
    public TimeSpan AttemptStagger { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The first wait after no monitor answered; it doubles with each round.</summary>
    public TimeSpan MinimumBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two rounds.</summary>
    public TimeSpan MaximumBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long <see cref="MonitorClient.ConnectAsync"/> tries.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a command may take, waiting for a monitor included.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many commands may be under way; more wait.</summary>
    public int MaxCommands { get; init; } = 256;

    /// <summary>What monitors show as our host in their list of sessions.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Called after each change of state, on an arbitrary thread. Must be quick and must not throw.</summary>
    public Action<MonitorClientStatus>? StatusChanged { get; init; }

    /// <summary>Called for messages that belong to no subscription and no request, on the reading loop. Must be quick and must not throw.</summary>
    public Action<RawMessage>? MessageReceived { get; init; }

    /// <summary>The clock of everything.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
