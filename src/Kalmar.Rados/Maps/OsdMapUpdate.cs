namespace Kalmar.Rados.Maps;

/// <summary>What came of applying an incremental.</summary>
/// <param name="Map">The new map; the old one when the incremental did not fit; the doubtful new one after a wrong checksum.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="ExpectedCrc">The checksum that the monitors say the new map has.</param>
/// <param name="ActualCrc">The checksum of the new map; 0 when the incremental did not fit.</param>
public sealed record OsdMapUpdate(OsdMap Map, OsdMapUpdateOutcome Outcome, uint ExpectedCrc, uint ActualCrc)
{
    /// <summary>True when the new map can be relied on.</summary>
    public bool IsApplied => Outcome == OsdMapUpdateOutcome.Applied;
}
