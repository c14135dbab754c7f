using System.Collections.Concurrent;
using Kalmar.Rados.Configuration;
using Kalmar.Rados.Daemons;
using Kalmar.Rados.Messenger;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados;

/// <summary>
/// A Ceph cluster as a client sees it: its monitors, and commands to its daemons. Thread-safe.
/// <code>
/// await using RadosCluster cluster = await RadosCluster.ConnectAsync(new CephConnectArguments());
/// CommandResult status = await cluster.CommandAsync(CephCommand.Query("status"));
/// </code>
/// </summary>
public sealed class RadosCluster : IAsyncDisposable
{
    /// <summary>How long a command may take when neither the caller nor the configuration says.</summary>
    public static readonly TimeSpan DefaultCommandTimeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, DaemonClient> _daemons = new(StringComparer.Ordinal);
    private readonly MessengerOptions _monitorMessenger;
    private readonly MessengerOptions _serviceMessenger;
    private readonly TimeSpan _commandTimeout;

    /// <summary>Prepares a cluster; nothing is connected yet. Subscriptions made on <see cref="Monitors"/> now come with the first session.</summary>
    /// <param name="options">Who we are and where the monitors are.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    public RadosCluster(CephConnectOptions options, TimeProvider? timeProvider = null)
        : this(options, timeProvider ?? TimeProvider.System, static o => o)
    {
    }

    /// <summary>As the other constructor, with more to say about the monitors.</summary>
    /// <param name="options">Who we are and where the monitors are.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="configure">Changes what was made of <paramref name="options"/>.</param>
    public RadosCluster(CephConnectOptions options, TimeProvider timeProvider, Func<MonitorClientOptions, MonitorClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(configure);
        _commandTimeout = options.CommandTimeout ?? DefaultCommandTimeout;
        var messenger = new MessengerOptions
        {
            EntityType = options.Name.Type,
            HandshakeTimeout = options.ConnectTimeout,
            TimeProvider = timeProvider,
        };
        _monitorMessenger = messenger with { Modes = Usable(options.MonitorModes, options) };
        _serviceMessenger = messenger with { Modes = Usable(options.ServiceModes, options) };
        Monitors = new MonitorClient(configure(new MonitorClientOptions
        {
            Name = options.Name,
            Key = options.Key,
            Monitors = [.. options.Monitors.Select(m => m.Msgr2).OfType<EntityAddress>()],
            Fsid = options.Fsid,
            Messenger = _monitorMessenger,
            CommandTimeout = _commandTimeout,
            TimeProvider = timeProvider,
        }));
        Locator = new DaemonLocator(Monitors);
    }

    /// <summary>The monitors: state, subscriptions, tickets.</summary>
    public MonitorClient Monitors { get; }

    /// <summary>Where the daemons are.</summary>
    public DaemonLocator Locator { get; }

    /// <summary>The cluster's id; empty before the first session when the configuration does not name it.</summary>
    public Guid Fsid => Monitors.Fsid;

    /// <summary>Finds configuration, key and monitors as Ceph's own tools do, and connects.</summary>
    /// <param name="arguments">What is known; all of it may be left out.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConfigurationException">Something is missing or wrong in the configuration.</exception>
    /// <exception cref="CephAuthenticationException">The monitors refuse who we say we are.</exception>
    /// <exception cref="CephConnectionException">No monitor in quorum could be reached in time.</exception>
    public static async Task<RadosCluster> ConnectAsync(
        CephConnectArguments arguments, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        TimeProvider time = timeProvider ?? TimeProvider.System;
        CephConnectOptions options = await CephConnectOptions.ResolveAsync(arguments, time, cancellationToken).ConfigureAwait(false);
        return await ConnectAsync(options, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connects.</summary>
    /// <param name="options">Who we are and where the monitors are.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephAuthenticationException">The monitors refuse who we say we are.</exception>
    /// <exception cref="CephConnectionException">No monitor in quorum could be reached in time.</exception>
    public static async Task<RadosCluster> ConnectAsync(
        CephConnectOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        var cluster = new RadosCluster(options, timeProvider);
        try
        {
            await cluster.Monitors.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs a command on the monitors; see <see cref="MonitorClient.CommandAsync"/>.</summary>
    /// <param name="command">The command.</param>
    /// <param name="input">Its input.</param>
    /// <param name="timeout">How long it may take; null for the configured time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<CommandResult> CommandAsync(
        CephCommand command, ReadOnlyMemory<byte> input = default, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Monitors.CommandAsync(command, input, timeout, cancellationToken);

    /// <summary>Runs a command of the active manager or of its modules: <c>pg dump</c>, <c>osd df</c>, <c>balancer status</c>.</summary>
    /// <param name="command">The command.</param>
    /// <param name="input">Its input.</param>
    /// <param name="timeout">How long it may take; null for the configured time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CephConnectionException">No manager is active or reachable, or it went away before it answered.</exception>
    public Task<CommandResult> MgrCommandAsync(
        CephCommand command, ReadOnlyMemory<byte> input = default, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Mgr().MgrCommandAsync(command, input, timeout ?? _commandTimeout, cancellationToken);

    /// <summary>Runs a command of the daemon itself, as <c>ceph tell osd.3</c> does: <c>perf dump</c>, <c>config show</c>.</summary>
    /// <param name="osd">Which OSD.</param>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long it may take; null for the configured time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CephConnectionException">The OSD is down or does not answer.</exception>
    public Task<CommandResult> TellOsdAsync(
        OsdId osd, CephCommand command, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Osd(osd).CommandAsync(command, default, timeout ?? _commandTimeout, cancellationToken);

    /// <summary>Runs a command of the active manager's process, as <c>ceph tell mgr</c> does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long it may take; null for the configured time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CephConnectionException">No manager is active or reachable.</exception>
    public Task<CommandResult> TellMgrAsync(CephCommand command, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Mgr().CommandAsync(command, default, timeout ?? _commandTimeout, cancellationToken);

    /// <summary>Runs a command of a monitor's process, as <c>ceph tell mon.a</c> does.</summary>
    /// <param name="name">The monitor's name, without <c>mon.</c></param>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long it may take; null for the configured time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CephConnectionException">There is no such monitor or it is not reachable.</exception>
    public Task<CommandResult> TellMonAsync(
        string name, CephCommand command, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Mon(name).CommandAsync(command, default, timeout ?? _commandTimeout, cancellationToken);

    /// <summary>Runs a command of a metadata server, as <c>ceph tell mds.a</c> does.</summary>
    /// <param name="name">The metadata server's name, without <c>mds.</c></param>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long it may take; null for the configured time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CephConnectionException">There is no such metadata server or it is not reachable.</exception>
    public Task<CommandResult> TellMdsAsync(
        string name, CephCommand command, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Mds(name).CommandAsync(command, default, timeout ?? _commandTimeout, cancellationToken);

    /// <summary>The client of the active manager, whichever that is.</summary>
    public DaemonClient Mgr() => _daemons.GetOrAdd("mgr", name =>
        new DaemonClient(EntityType.Mgr, name, Monitors, _monitorMessenger, Locator.FindActiveMgrAsync));

    /// <summary>The client of an OSD.</summary>
    /// <param name="osd">Which one.</param>
    public DaemonClient Osd(OsdId osd) => _daemons.GetOrAdd(osd.ToString(), name =>
        new DaemonClient(EntityType.Osd, name, Monitors, _serviceMessenger, (refresh, token) => Locator.FindOsdAsync(osd, refresh, token)));

    /// <summary>The client of one monitor.</summary>
    /// <param name="name">Its name, without <c>mon.</c></param>
    public DaemonClient Mon(string name) => _daemons.GetOrAdd($"mon.{name}", full =>
        new DaemonClient(EntityType.Mon, full, Monitors, _monitorMessenger, (_, _) => ValueTask.FromResult(Locator.FindMon(name))));

    /// <summary>The client of a metadata server.</summary>
    /// <param name="name">Its name, without <c>mds.</c></param>
    public DaemonClient Mds(string name) => _daemons.GetOrAdd($"mds.{name}", full =>
        new DaemonClient(EntityType.Mds, full, Monitors, _serviceMessenger, (_, token) => Locator.FindMdsAsync(name, token)));

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (DaemonClient daemon in _daemons.Values)
        {
            await daemon.DisposeAsync().ConfigureAwait(false);
        }

        await Monitors.DisposeAsync().ConfigureAwait(false);
        Locator.Dispose();
    }

    /// <summary>Without a key there is nothing to encrypt with.</summary>
    private static IReadOnlyList<ConnectionMode> Usable(IReadOnlyList<ConnectionMode> modes, CephConnectOptions options) =>
        options.Key is null ? [ConnectionMode.Crc] : modes;
}
