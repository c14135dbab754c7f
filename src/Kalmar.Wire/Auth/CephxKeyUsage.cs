namespace Kalmar.Wire.Auth;

/// <summary>What a sealed message is for. Aes256k keys derive different keys for each, so that one message cannot stand in for another.</summary>
internal enum CephxKeyUsage
{
    /// <summary>The connection secret that a monitor gives.</summary>
    ConnectionSecret = 0x03,

    /// <summary>A ticket's session key, in the ticket reply.</summary>
    TicketSessionKey = 0x04,

    /// <summary>A ticket that is sealed once more under the session key of the one before.</summary>
    TicketBlob = 0x05,

    /// <summary>An authorizer.</summary>
    Authorize = 0x10,

    /// <summary>A server's challenge to an authorizer.</summary>
    AuthorizeChallenge = 0x11,

    /// <summary>A server's answer to an authorizer.</summary>
    AuthorizeReply = 0x12,

    /// <summary>A service's rotating secrets.</summary>
    RotatingSecrets = 0x20,

    /// <summary>What a ticket holds for the service that opens it.</summary>
    TicketInfo = 0x30,
}
