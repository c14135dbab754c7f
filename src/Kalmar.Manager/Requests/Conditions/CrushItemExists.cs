using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A bucket or device of a name is in the CRUSH map, or not, or stands in a certain bucket.</summary>
/// <param name="Name">The name.</param>
/// <param name="Exists">There or not.</param>
/// <param name="Parent">The name of the bucket that it must stand in; empty for anywhere.</param>
public sealed record CrushItemExists(string Name, bool Exists, string Parent = "") : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot)
    {
        if (snapshot.OsdMap?.Value.Crush is not { } crush)
        {
            return false;
        }

        if (crush.FindItem(Name) is not { } id)
        {
            return !Exists;
        }

        return Exists && (Parent.Length == 0 || crush.Buckets.Any(b => b is not null && crush.NameOf(b.Id) == Parent && b.Items.Contains(id)));
    }

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) =>
        $"'{Name}' to be {(Exists ? "in" : "gone from")} the CRUSH map{(Parent.Length == 0 ? "" : $" below '{Parent}'")}";
}
