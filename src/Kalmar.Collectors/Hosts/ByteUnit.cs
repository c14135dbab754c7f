namespace Kalmar.Collectors.Hosts;

/// <summary>Units that Diamond's <c>byte_unit</c> knows; each one is a factor of 1024 of the one before it.</summary>
public enum ByteUnit
{
    /// <summary>8 to the byte.</summary>
    Bit,

    /// <summary>1024 bits.</summary>
    Kilobit,

    /// <summary>1024 kilobits.</summary>
    Megabit,

    /// <summary>1024 megabits.</summary>
    Gigabit,

    /// <summary>The default.</summary>
    Byte,

    /// <summary>1024 bytes.</summary>
    Kilobyte,

    /// <summary>1024 kilobytes.</summary>
    Megabyte,

    /// <summary>1024 megabytes; what Calamari's disk space graphs ask for.</summary>
    Gigabyte,

    /// <summary>1024 gigabytes.</summary>
    Terabyte,
}
