using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Configuration;

/// <summary>Everything that is needed to connect to a cluster, resolved. Immutable.</summary>
public sealed partial record CephConnectOptions
{
    /// <summary>The cluster's name, <c>ceph</c> nearly always.</summary>
    public string ClusterName { get; init; } = "ceph";

    /// <summary>Who we are.</summary>
    public required EntityName Name { get; init; }

    /// <summary>Our key; null only when <see cref="AuthMethods"/> does not have cephx.</summary>
    public CephKey? Key { get; init; }

    /// <summary>The monitors; each has at least one address of messenger 2.</summary>
    public required IReadOnlyList<EntityAddressVector> Monitors { get; init; }

    /// <summary>Monitors that were named with addresses of messenger 1 only, which is not spoken; for a warning.</summary>
    public IReadOnlyList<EntityAddressVector> UnusableMonitors { get; init; } = [];

    /// <summary>The cluster's id when the configuration has it; a cluster with another one is to be refused.</summary>
    public Guid? Fsid { get; init; }

    /// <summary>The methods that may be used, best first.</summary>
    public IReadOnlyList<AuthMethod> AuthMethods { get; init; } = [AuthMethod.Cephx];

    /// <summary>The modes for connections to monitors and managers, best first.</summary>
    public IReadOnlyList<ConnectionMode> MonitorModes { get; init; } = [ConnectionMode.Secure, ConnectionMode.Crc];

    /// <summary>The modes for connections to OSDs and MDSs, best first.</summary>
    public IReadOnlyList<ConnectionMode> ServiceModes { get; init; } = [ConnectionMode.Crc, ConnectionMode.Secure];

    /// <summary>How long one attempt to reach one daemon may take, greeting and authentication included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a monitor's answer to a command is waited for (<c>rados mon op timeout</c>); null for ever.</summary>
    public TimeSpan? CommandTimeout { get; init; }

    /// <summary>The configuration from which this was made, for other options; null when it was put together by hand.</summary>
    public CephConfiguration? Configuration { get; init; }

    /// <summary>Who, which cluster and which monitors; never the key.</summary>
    public override string ToString() => $"{Name} of cluster {ClusterName} at {string.Join(' ', Monitors)}";
}
