using Kalmar.Rados.Messenger;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Daemons;

/// <summary>
/// Commands to one daemon over one connection that is kept open: made with the first command, made anew when it is lost or when the daemon
/// moved. Thread-safe; commands run side by side.
/// </summary>
public sealed class DaemonClient : IAsyncDisposable
{
    private const int Attempts = 3;

    private readonly MonitorClient _monitors;
    private readonly MessengerOptions _messenger;
    private readonly Func<bool, CancellationToken, ValueTask<EntityAddress>> _locate;
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly CancellationTokenSource _disposed = new();
    private DaemonSession? _session;

    /// <summary>Prepares a client; nothing is connected yet.</summary>
    /// <param name="service">The kind of daemon.</param>
    /// <param name="name">The daemon's name for messages, for example <c>osd.3</c>.</param>
    /// <param name="monitors">Gives tickets and the cluster's id.</param>
    /// <param name="messenger">How to connect.</param>
    /// <param name="locate">Tells where the daemon is; with true after what it told before proved wrong.</param>
    public DaemonClient(
        EntityType service,
        string name,
        MonitorClient monitors,
        MessengerOptions messenger,
        Func<bool, CancellationToken, ValueTask<EntityAddress>> locate)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(monitors);
        ArgumentNullException.ThrowIfNull(messenger);
        ArgumentNullException.ThrowIfNull(locate);
        Service = service;
        Name = name;
        _monitors = monitors;
        _messenger = messenger;
        _locate = locate;
    }

    /// <summary>The kind of daemon.</summary>
    public EntityType Service { get; }

    /// <summary>The daemon's name, for example <c>osd.3</c>.</summary>
    public string Name { get; }

    /// <summary>True while a connection is open.</summary>
    public bool IsConnected => _session is { IsAlive: true };

    /// <summary>How many connections were made; for tests and for watching.</summary>
    public long Connections { get; private set; }

    /// <summary>
    /// Runs a command. When the connection is lost before the answer came, an idempotent command is sent again, any other fails.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="input">Its input, for commands that read one.</param>
    /// <param name="timeout">How long it may take, connecting included.</param>
    /// <param name="cancellationToken">Gives up waiting; the command may run all the same.</param>
    /// <returns>What the daemon answered, also when that is an errno.</returns>
    /// <exception cref="CephConnectionException">The daemon cannot be reached, or does not answer in time, or went away before it answered.</exception>
    /// <exception cref="CephAuthenticationException">Our user may not talk to that kind of daemon.</exception>
    public Task<CommandResult> CommandAsync(
        CephCommand command, ReadOnlyMemory<byte> input, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        string[] json = [command.ToJson()];
        return RunAsync(command, () => new MCommand(_monitors.Fsid, json, input), ReadReply, timeout, cancellationToken);

        CommandResult ReadReply(RawMessage answer)
        {
            MCommandReply reply = answer.As<MCommandReply>();
            return new CommandResult(command.Prefix, reply.Result, reply.Status, reply.Data) { Advice = Advice(reply.Result, OwnCommandCaps(command.Prefix)) };
        }
    }

    /// <summary>Runs a command of the manager itself or of one of its modules (MMgrCommand); only for the active manager.</summary>
    /// <param name="command">The command.</param>
    /// <param name="input">Its input, for commands that read one.</param>
    /// <param name="timeout">How long it may take, connecting included.</param>
    /// <param name="cancellationToken">Gives up waiting; the command may run all the same.</param>
    /// <returns>What the manager answered, also when that is an errno.</returns>
    /// <exception cref="CephConnectionException">The manager cannot be reached, or does not answer in time, or went away before it answered.</exception>
    /// <exception cref="CephAuthenticationException">Our user may not talk to managers.</exception>
    public Task<CommandResult> MgrCommandAsync(
        CephCommand command, ReadOnlyMemory<byte> input, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        string[] json = [command.ToJson()];
        return RunAsync(command, () => new MMgrCommand(_monitors.Fsid, json, input), ReadReply, timeout, cancellationToken);

        CommandResult ReadReply(RawMessage answer)
        {
            MMgrCommandReply reply = answer.As<MMgrCommandReply>();
            return new CommandResult(command.Prefix, reply.Result, reply.Status, reply.Data)
            {
                Advice = Advice(reply.Result, "mgr 'allow r' (or 'allow rw' to change something)"),
            };
        }
    }

    /// <summary>Sends a message that has no answer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConnectionException">The daemon cannot be reached.</exception>
    /// <exception cref="CephAuthenticationException">Our user may not talk to that kind of daemon.</exception>
    public async Task SendAsync(IMessage message, CancellationToken cancellationToken = default)
    {
        DaemonSession session = await GetSessionAsync(cancellationToken).ConfigureAwait(false);
        await session.Connection.SendAsync(message, 0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the connection; commands that wait on it fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        await _connecting.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_session is not null)
            {
                await _session.Connection.DisposeAsync().ConfigureAwait(false);
                _session = null;
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<CommandResult> RunAsync(
        CephCommand command, Func<IMessage> message, Func<RawMessage, CommandResult> read, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, _messenger.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token, _disposed.Token);
        for (int attempt = 1; ; attempt++)
        {
            bool sent = false;
            try
            {
                DaemonSession session = await GetSessionAsync(linked.Token).ConfigureAwait(false);
                sent = true;
                return read(await session.RequestAsync(message(), linked.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw _disposed.IsCancellationRequested
                    ? new CephConnectionException($"{Name}: the client was closed", e) { NothingSent = !sent && attempt == 1 }
                    : new CephConnectionException($"{Name} did not answer '{command.Prefix}' within {timeout.TotalSeconds:0.#} s", e) { NothingSent = !sent && attempt == 1 };
            }
            catch (CephConnectionException e) when (!sent)
            {
                // Of the attempts before, only those of idempotent commands come here.
                throw new CephConnectionException(e.Message, e) { NothingSent = attempt == 1 };
            }
            catch (CephConnectionException e) when (sent)
            {
                if (!command.IsIdempotent || attempt == Attempts)
                {
                    throw new CephConnectionException(
                        $"{Name}: the connection was lost before '{command.Prefix}' was answered, nobody knows whether it ran: {e.Message}", e);
                }
            }
        }
    }

    /// <summary>What a daemon asks for before it runs a command of its own; less than everything is enough only for monitors.</summary>
    private string OwnCommandCaps(string command) => Service == EntityType.Mon
        ? $"mon 'allow *' or 'allow command \"{command}\"'"
        : $"{Service.ToWireName()} 'allow *'";

    /// <summary>Tickets come whatever the caps are; the daemon itself refuses.</summary>
    private string? Advice(int result, string caps) => result != -Errno.AccessDenied
        ? null
        : $"{_monitors.Name} needs the caps {caps} ('ceph auth get {_monitors.Name}' shows what it has)";

    private async Task<DaemonSession> GetSessionAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);

        // One connection at a time: with a second one the daemon closes the first, and its commands with it.
        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A daemon that moves closes its connections, but a manager that is replaced may live on as a standby.
            if (_session is { IsAlive: true } alive
                && (Service != EntityType.Mgr || alive.Address == await _locate(false, cancellationToken).ConfigureAwait(false)))
            {
                return alive;
            }

            EntityAddress address = await _locate(false, cancellationToken).ConfigureAwait(false);

            if (_session is not null)
            {
                await _session.Connection.DisposeAsync().ConfigureAwait(false);
                _session = null;
            }

            MessengerConnection connection = await ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            _session = new DaemonSession(connection, connection.Peer.Remote);
            Connections++;
            connection.Start(_session);
            return _session;
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Connects; once more with a new address or a new ticket, when the old one may be what is wrong.</summary>
    private async Task<MessengerConnection> ConnectAsync(EntityAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(address, renew: false, cancellationToken).ConfigureAwait(false);
        }
        catch (CephConnectionException)
        {
            EntityAddress current = await _locate(true, cancellationToken).ConfigureAwait(false);
            if (current == address)
            {
                throw;
            }

            return await ConnectAsync(current, renew: false, cancellationToken).ConfigureAwait(false);
        }
        catch (CephAuthenticationException) when (Service != EntityType.Mon && !cancellationToken.IsCancellationRequested)
        {
            return await ConnectAsync(address, renew: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MessengerConnection> ConnectAsync(EntityAddress address, bool renew, CancellationToken cancellationToken)
    {
        IClientAuthenticator authenticator = Service == EntityType.Mon
            ? _monitors.CreateMonAuthenticator()
            : await _monitors.CreateServiceAuthenticatorAsync(Service, renew, cancellationToken).ConfigureAwait(false);
        return await MessengerConnection.ConnectAsync(address, Service, authenticator, _messenger, cancellationToken).ConfigureAwait(false);
    }
}
