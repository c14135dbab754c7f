namespace Kalmar.Wire.Auth;

/// <summary>What a request to the monitors' authentication service asks for: the u16 at its start and at the start of the reply.</summary>
internal enum CephxOperation
{
    /// <summary>A session: an AUTH ticket, for somebody who proves that he knows his secret.</summary>
    GetAuthSessionKey = 0x0100,

    /// <summary>Tickets for services, for somebody who has an AUTH ticket.</summary>
    GetServiceTickets = 0x0200,

    /// <summary>The rotating secrets of one's own kind of service.</summary>
    GetRotatingSecrets = 0x0400,
}
