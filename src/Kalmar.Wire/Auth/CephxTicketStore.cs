namespace Kalmar.Wire.Auth;

/// <summary>
/// The tickets and the global id of one entity in one cluster; what a client of the monitors keeps between connections. Thread-safe.
/// Tickets age by the time that has passed, not by the clock: a clock that is wrong, or that is set, makes none of them too old or too young.
/// </summary>
/// <param name="timeProvider">Tells what has expired.</param>
public sealed class CephxTicketStore(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntityType, (CephxTicket Ticket, long Since)> _tickets = [];
    private ulong _globalId;

    /// <summary>The global id that the monitors gave; 0 before the first session.</summary>
    public ulong GlobalId
    {
        get
        {
            lock (_lock)
            {
                return _globalId;
            }
        }
    }

    /// <summary>The ticket for a kind of service, or null when there is none that is still valid.</summary>
    /// <param name="service">One kind, not a mask.</param>
    public CephxTicket? Find(EntityType service)
    {
        lock (_lock)
        {
            return _tickets.TryGetValue(service, out (CephxTicket Ticket, long Since) held)
                && timeProvider.GetElapsedTime(held.Since) < held.Ticket.Validity ? held.Ticket : null;
        }
    }

    /// <summary>Takes over what a new session with a monitor brought; everything from before is forgotten.</summary>
    /// <param name="globalId">The global id of the session.</param>
    /// <param name="tickets">Its tickets, see <see cref="CephxMonClientAuthenticator.Tickets"/>.</param>
    public void Adopt(ulong globalId, IEnumerable<CephxTicket> tickets)
    {
        ArgumentNullException.ThrowIfNull(tickets);
        lock (_lock)
        {
            _globalId = globalId;
            _tickets.Clear();
            foreach (CephxTicket ticket in tickets)
            {
                _tickets[ticket.Service] = (ticket, timeProvider.GetTimestamp());
            }
        }
    }

    /// <summary>Replaces single tickets by renewed ones.</summary>
    /// <param name="tickets">What <see cref="CephxTicketRenewal.ReadReply"/> gave.</param>
    public void Renew(IEnumerable<CephxTicket> tickets)
    {
        ArgumentNullException.ThrowIfNull(tickets);
        lock (_lock)
        {
            foreach (CephxTicket ticket in tickets)
            {
                _tickets[ticket.Service] = (ticket, timeProvider.GetTimestamp());
            }
        }
    }

    /// <summary>Forgets everything: the next session starts with a new global id. To be done when the monitors refuse the old ticket.</summary>
    public void Reset() => Adopt(0, []);

    /// <summary>Which of the wanted services' tickets are missing or past three quarters of their validity.</summary>
    /// <param name="wanted">A mask of services; <see cref="EntityType.Auth"/> in it asks for the session's own ticket too.</param>
    public EntityType Due(EntityType wanted)
    {
        EntityType due = EntityType.None;
        lock (_lock)
        {
            for (int bit = 1; bit <= (int)EntityType.Auth; bit <<= 1)
            {
                var service = (EntityType)bit;
                if (wanted.HasFlag(service) && !(_tickets.TryGetValue(service, out (CephxTicket Ticket, long Since) held) && UntilRenewalOf(held) > TimeSpan.Zero))
                {
                    due |= service;
                }
            }
        }

        return due;
    }

    /// <summary>How long until the first of the tickets wants to be renewed, negative when that is past; null when there are none.</summary>
    public TimeSpan? UntilRenewal
    {
        get
        {
            lock (_lock)
            {
                return _tickets.Count == 0 ? null : _tickets.Values.Min(UntilRenewalOf);
            }
        }
    }

    /// <summary>An authenticator for a connection to an OSD, MDS or mgr.</summary>
    /// <param name="service">The kind of daemon.</param>
    /// <exception cref="CephAuthenticationException">There is no valid ticket for it.</exception>
    public CephxServiceClientAuthenticator CreateServiceAuthenticator(EntityType service)
    {
        CephxTicket ticket = Find(service) ?? throw new CephAuthenticationException(
            Errno.NotPermitted, $"no valid ticket for {service.ToWireName()}: the monitors have not given one (or not yet renewed it)");
        return new CephxServiceClientAuthenticator(GlobalId, ticket);
    }

    private TimeSpan UntilRenewalOf((CephxTicket Ticket, long Since) held) => held.Ticket.RenewAge - timeProvider.GetElapsedTime(held.Since);
}
