namespace Kalmar.Wire.Auth;

/// <summary>A ticket for one kind of service, as its owner holds it. Immutable.</summary>
/// <param name="Service">The kind of service; <see cref="EntityType.Auth"/> for the monitors' own.</param>
/// <param name="SessionKey">The key that owner and service share.</param>
/// <param name="Blob">What is shown to the service.</param>
/// <param name="Obtained">When we got it, by our clock.</param>
/// <param name="Validity">How long it is valid from then on.</param>
public sealed record CephxTicket(EntityType Service, CephKey SessionKey, CephxTicketBlob Blob, DateTimeOffset Obtained, TimeSpan Validity)
{
    /// <summary>From then on the service refuses it, told by our clock.</summary>
    public DateTimeOffset Expires => Obtained + Validity;

    /// <summary>How old it may become before a new one is to be asked for: three quarters of the validity.</summary>
    public TimeSpan RenewAge => Validity * 0.75;

    /// <summary>Service and validity; never the key.</summary>
    public override string ToString() => $"ticket for {Service.ToWireName()} until {Expires:u}";
}
