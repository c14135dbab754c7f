namespace Kalmar.Wire.Auth;

/// <summary>How two ends prove who they are, with the values of AUTH_REQUEST.</summary>
public enum AuthMethod
{
    /// <summary>Nobody proves anything.</summary>
    None = 1,

    /// <summary>Tickets from the monitors.</summary>
    Cephx = 2,

    /// <summary>Kerberos; known, not spoken.</summary>
    Gssapi = 4,
}
