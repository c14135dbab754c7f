namespace Kalmar.Rados.Maps;

/// <summary>Ceph's releases with the numbers that maps carry.</summary>
public enum CephRelease
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>0.94.</summary>
    Hammer = 8,

    /// <summary>9.2.</summary>
    Infernalis = 9,

    /// <summary>10.2.</summary>
    Jewel = 10,

    /// <summary>11.2.</summary>
    Kraken = 11,

    /// <summary>12.2.</summary>
    Luminous = 12,

    /// <summary>13.2.</summary>
    Mimic = 13,

    /// <summary>14.2.</summary>
    Nautilus = 14,

    /// <summary>15.2.</summary>
    Octopus = 15,

    /// <summary>16.2.</summary>
    Pacific = 16,

    /// <summary>17.2.</summary>
    Quincy = 17,

    /// <summary>18.2.</summary>
    Reef = 18,

    /// <summary>19.2.</summary>
    Squid = 19,

    /// <summary>20.2.</summary>
    Tentacle = 20,
}
