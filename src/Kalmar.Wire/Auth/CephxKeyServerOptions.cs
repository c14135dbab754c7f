namespace Kalmar.Wire.Auth;

/// <summary>How a <see cref="CephxKeyServer"/> behaves; the defaults are Ceph's.</summary>
public sealed record CephxKeyServerOptions
{
    /// <summary>How long an AUTH ticket is valid (auth_mon_ticket_ttl).</summary>
    public TimeSpan AuthTicketLifetime { get; init; } = TimeSpan.FromHours(72);

    /// <summary>How long a service's ticket is valid (auth_service_ticket_ttl).</summary>
    public TimeSpan ServiceTicketLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What kind of keys session keys and rotating secrets are.</summary>
    public CephKeyType ServiceKeyType { get; init; } = CephKeyType.Aes128;

    /// <summary>Whether a client may ask for a global id without the ticket that it came with (auth_allow_insecure_global_id_reclaim).</summary>
    public bool AllowInsecureReclaim { get; init; }

    /// <summary>The first global id that is given.</summary>
    public ulong FirstGlobalId { get; init; } = 4100;
}
