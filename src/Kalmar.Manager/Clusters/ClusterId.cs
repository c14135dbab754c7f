namespace Kalmar.Manager.Clusters;

/// <summary>A cluster's fsid.</summary>
/// <param name="Value">The uuid.</param>
public readonly record struct ClusterId(Guid Value)
{
    /// <summary>Parses a uuid.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id.</param>
    public static bool TryParse(string? text, out ClusterId id)
    {
        bool ok = Guid.TryParse(text, out Guid value);
        id = new ClusterId(value);
        return ok;
    }

    /// <summary>As Ceph prints it: lower case with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
