using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <content>Credentials: for the monitors themselves, and tickets for the other daemons.</content>
public sealed partial class MonitorClient
{
    private static readonly TimeSpan _renewalCheck = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _renewalPause = TimeSpan.FromSeconds(5);
    private int _granted;
    private TaskCompletionSource<MAuthReply>? _authReply;

    /// <summary>Makes the authenticator of one connection to a daemon that is no monitor.</summary>
    /// <param name="service">The kind of daemon.</param>
    /// <param name="renew">True to fetch a new ticket first: the daemon refused the one that we have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephAuthenticationException">
    /// The monitors give no ticket: our user was removed since we came. (Caps play no part: a ticket is given without any, and the daemon refuses.)
    /// </exception>
    /// <exception cref="CephConnectionException">A new ticket is needed and no monitor is in session.</exception>
    public async Task<IClientAuthenticator> CreateServiceAuthenticatorAsync(
        EntityType service, bool renew = false, CancellationToken cancellationToken = default)
    {
        if (_options.Key is null)
        {
            return new NoneClientAuthenticator(Name, GlobalId, service);
        }

        if (renew || Tickets.Find(service) is null)
        {
            await RenewTicketsAsync(service, cancellationToken).ConfigureAwait(false);
        }

        return Tickets.Find(service) is null
            ? throw new CephAuthenticationException(
                Errno.AccessDenied,
                $"the monitors answered to {Name} without a ticket for {service.ToWireName()} daemons; their logs say why")
            : Tickets.CreateServiceAuthenticator(service);
    }

    /// <summary>Makes the authenticator of one connection to a monitor, with our present global id.</summary>
    public IClientAuthenticator CreateMonAuthenticator() => _options.Key is { } key
        ? new CephxMonClientAuthenticator(Name, key, _options.WantedTickets, Tickets, _time)
        : new NoneClientAuthenticator(Name, GlobalId, EntityType.Mon);

    /// <summary>Sends a request of the authentication method over the open session: ticket renewal, rotating keys.</summary>
    /// <param name="payload">The method's payload.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConnectionException">No monitor is in session, or it did not answer.</exception>
    public async Task<MAuthReply> AuthenticateAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        // Answers bear no number: one request at a time.
        await _authenticating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var reply = new TaskCompletionSource<MAuthReply>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _authReply = reply;
            }

            await SendAsync(new MAuth(AuthMethod.Cephx, payload, new Epoch(0)), cancellationToken).ConfigureAwait(false);
            return await reply.Task.WaitAsync(_options.Messenger.HandshakeTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new CephConnectionException("the monitor did not answer to a request for tickets", e);
        }
        finally
        {
            lock (_lock)
            {
                _authReply = null;
            }

            _authenticating.Release();
        }
    }

    private async Task RenewTicketsAsync(EntityType services, CancellationToken cancellationToken)
    {
        var renewal = new CephxTicketRenewal(Tickets, services, _time);
        MAuthReply reply = await AuthenticateAsync(renewal.Request, cancellationToken).ConfigureAwait(false);
        if (reply.Result < 0)
        {
            string why = -reply.Result is Errno.Invalid or Errno.NoEntry
                ? $"they don't know {Name} any more; was it removed? ('ceph auth get {Name}')"
                : "no reason given";
            throw new CephAuthenticationException(-reply.Result, $"the monitors refuse new tickets to {Name}: {why} (errno {-reply.Result})");
        }

        Tickets.Renew(renewal.ReadReply(reply.Payload.Span));
    }

    /// <summary>Keeps tickets fresh while a session lasts. The session's own ticket is renewed by a new session, when nothing is under way.</summary>
    private async Task RenewTicketsAsync(MonitorSession session, CancellationToken ending)
    {
        if (_options.Key is null)
        {
            return;
        }

        try
        {
            while (true)
            {
                TimeSpan delay = Tickets.UntilRenewal ?? _renewalCheck;
                delay = delay < _renewalPause ? _renewalPause : delay > _renewalCheck ? _renewalCheck : delay;
                await Task.Delay(delay, _time, ending).ConfigureAwait(false);
                EntityType due = Tickets.Due((EntityType)Volatile.Read(ref _granted));
                if (due.HasFlag(EntityType.Auth) && (IsQuiet || Tickets.Find(EntityType.Auth) is null))
                {
                    session.Connection.Close("a new session is made to renew our tickets");
                    return;
                }

                due &= ~EntityType.Auth;
                if (due != EntityType.None)
                {
                    await RenewQuietlyAsync(due, ending).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The session is over; the next one brings new tickets.
        }
    }

    private async Task RenewQuietlyAsync(EntityType due, CancellationToken ending)
    {
        try
        {
            await RenewTicketsAsync(due, ending).ConfigureAwait(false);
        }
        catch (CephException e)
        {
            // A quarter of the validity is left for more attempts.
            lock (_lock)
            {
                _lastError = e;
            }
        }
    }
}
