namespace Kalmar.Wire;

/// <summary>Names of entity types as Ceph writes them.</summary>
public static class EntityTypeExtensions
{
    /// <summary>The name in configuration files and messages: <c>mon</c>, <c>mds</c>, <c>osd</c>, <c>client</c>, <c>mgr</c>, <c>auth</c>.</summary>
    /// <param name="type">A single type, not a mask.</param>
    public static string ToWireName(this EntityType type) => type switch
    {
        EntityType.Mon => "mon",
        EntityType.Mds => "mds",
        EntityType.Osd => "osd",
        EntityType.Client => "client",
        EntityType.Mgr => "mgr",
        EntityType.Auth => "auth",
        _ => "unknown",
    };
}
