namespace Kalmar.Manager.Events.Differences;

/// <summary>What events tell of an OSD.</summary>
internal sealed record OsdEssence(bool IsUp, bool IsIn, uint Weight);
