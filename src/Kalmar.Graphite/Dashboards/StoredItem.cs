namespace Kalmar.Graphite.Dashboards;

/// <summary>Something kept by name.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Owner">The user to whom it belongs; empty when it belongs to all.</param>
/// <param name="Name">Its name.</param>
/// <param name="Content">JSON of a dashboard or template, address of a graph.</param>
public sealed record StoredItem(StoredKind Kind, string Owner, string Name, string Content);
