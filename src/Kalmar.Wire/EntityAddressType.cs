namespace Kalmar.Wire;

/// <summary>Which messenger speaks at an address.</summary>
public enum EntityAddressType
{
    /// <summary>Blank.</summary>
    None = 0,

    /// <summary>The first messenger (ports 6789 and up).</summary>
    Legacy = 1,

    /// <summary>Messenger 2 (port 3300 and up).</summary>
    Msgr2 = 2,

    /// <summary>An entity that does not listen, or one whose messenger is not known yet.</summary>
    Any = 3,
}
