namespace Kalmar.Manager.Events;

/// <summary>Something that happened, to be stored.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Kind">What kind, for machines: one of <see cref="EventKinds"/>.</param>
/// <param name="Message">One line for a human, Calamari's where Calamari had one.</param>
/// <param name="Cluster">The cluster's fsid; empty when it concerns none.</param>
/// <param name="Entity">What it is about: <c>osd.3</c>, <c>mon.a</c>, <c>pool.data</c>, <c>health.OSD_DOWN</c>, <c>request.UUID</c>; may be empty.</param>
/// <param name="Server">The host it is about; may be empty.</param>
public sealed record NewEvent(
    EventSeverity Severity, string Kind, string Message, string Cluster = "", string Entity = "", string Server = "");
