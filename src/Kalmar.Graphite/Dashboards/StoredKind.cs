namespace Kalmar.Graphite.Dashboards;

/// <summary>What is kept by name.</summary>
public enum StoredKind
{
    /// <summary>A dashboard: its state as JSON.</summary>
    Dashboard,

    /// <summary>A dashboard with a place to fill in: its state as JSON with <c>__VALUE__</c> in it.</summary>
    Template,

    /// <summary>A saved graph: its address; it belongs to a user.</summary>
    Graph,
}
