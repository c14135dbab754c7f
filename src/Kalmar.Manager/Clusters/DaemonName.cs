using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <summary>A daemon as operators call it: <c>osd.3</c>, <c>mon.a</c>, <c>mds.b</c>, <c>mgr.x</c>, <c>rgw.gw1</c>.</summary>
/// <param name="Type">Its kind, in Ceph's spelling: mon, mgr, osd, mds, or the name of a service of the service map.</param>
/// <param name="Id">Its id.</param>
public readonly record struct DaemonName(string Type, string Id)
{
    /// <summary>The name of an OSD.</summary>
    /// <param name="osd">The OSD.</param>
    public static DaemonName Of(OsdId osd) => new("osd", osd.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => $"{Type}.{Id}";
}
