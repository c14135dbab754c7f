using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Crush;

/// <summary>A bucket or device at its place in a <see cref="CrushTree"/>.</summary>
/// <param name="Id">0 and up for devices, negative for buckets.</param>
/// <param name="Name">Its name (<c>default</c>, <c>node1</c>, <c>osd.3</c>).</param>
/// <param name="Type">The number of its type; 0 is a device.</param>
/// <param name="TypeName">The name of its type (<c>root</c>, <c>host</c>, <c>osd</c>).</param>
/// <param name="RawWeight">Its weight in what it stands in, 0x10000 is 1.0; its own for a root.</param>
/// <param name="DeviceClass">The device's class (<c>ssd</c>), or null.</param>
/// <param name="Children">What stands in it: buckets by name, then devices by class and number.</param>
public sealed record CrushNode(
    int Id, string Name, int Type, string TypeName, uint RawWeight, string? DeviceClass, ValueList<CrushNode> Children)
{
    /// <summary>The weight, mostly TiB.</summary>
    public double Weight => RawWeight / 65536.0;

    /// <summary>The OSD, or null for a bucket.</summary>
    public OsdId? Osd => Id >= 0 ? new OsdId(Id) : null;

    /// <summary>True for a device.</summary>
    public bool IsDevice => Id >= 0;

    /// <summary>This node and all below it, each before its children, with its depth (0 for this one).</summary>
    public IEnumerable<(CrushNode Node, int Depth)> Walk()
    {
        var open = new Stack<(CrushNode Node, int Depth)>([(this, 0)]);
        while (open.TryPop(out (CrushNode Node, int Depth) next))
        {
            yield return next;
            for (int i = next.Node.Children.Count - 1; i >= 0; i--)
            {
                open.Push((next.Node.Children[i], next.Depth + 1));
            }
        }
    }

    /// <summary>All devices below this node, each once.</summary>
    public IEnumerable<OsdId> Devices() => Walk().Where(n => n.Node.IsDevice).Select(n => new OsdId(n.Node.Id)).Distinct();

    /// <inheritdoc/>
    public override string ToString() => $"{TypeName} {Name}";
}
