namespace Kalmar.Manager.Events;

/// <summary>An event as it is stored.</summary>
/// <param name="Id">Grows with each event; what <c>Last-Event-ID</c> carries. May skip numbers.</param>
/// <param name="When">When it was noticed.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Kind">What kind, for machines: one of <see cref="EventKinds"/>.</param>
/// <param name="Message">One line for a human.</param>
/// <param name="Cluster">The cluster's fsid; empty when it concerns none.</param>
/// <param name="Entity">What it is about; may be empty.</param>
/// <param name="Server">The host it is about; may be empty.</param>
public sealed record StoredEvent(
    long Id, DateTimeOffset When, EventSeverity Severity, string Kind, string Message, string Cluster, string Entity, string Server);
