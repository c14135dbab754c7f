using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A file system of a name is in the file systems' map, or not.</summary>
/// <param name="Name">The name.</param>
/// <param name="Exists">There or not.</param>
public sealed record FileSystemExists(string Name, bool Exists) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot) =>
        snapshot.FsMap is { } map && map.Value.FileSystems.Any(f => f.Name == Name) == Exists;

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"file system '{Name}' to be {(Exists ? "in" : "gone from")} the file systems' map";
}
