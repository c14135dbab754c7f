namespace Kalmar.Rados.Maps;

/// <summary>How the application of an incremental went.</summary>
public enum OsdMapUpdateOutcome
{
    /// <summary>The new map has the checksum that the monitors say it has.</summary>
    Applied,

    /// <summary>The incremental does not follow the map's epoch. Ask for the ones between, or for a full map.</summary>
    WrongEpoch,

    /// <summary>The incremental is another cluster's.</summary>
    WrongCluster,

    /// <summary>The incremental names OSDs that the map has no room for. Ask for a full map.</summary>
    Inconsistent,

    /// <summary>The map that came out has another checksum than the monitors'. Ask for a full map.</summary>
    ChecksumMismatch,
}
