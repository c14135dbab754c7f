using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>A device or bucket has a weight wherever it stands in the CRUSH map.</summary>
/// <param name="Name">The name.</param>
/// <param name="RawWeight">The weight, 0x10000 is 1.0.</param>
public sealed record CrushItemWeight(string Name, uint RawWeight) : MapCondition
{
    /// <inheritdoc/>
    public override bool Holds(ClusterSnapshot snapshot)
    {
        if (snapshot.OsdMap?.Value.Crush is not { } crush || crush.FindItem(Name) is not { } id)
        {
            return false;
        }

        bool found = false;
        HashSet<int> shadows = [.. crush.ShadowBuckets.Values.SelectMany(c => c.Values)];
        foreach (Rados.Crush.CrushBucket? bucket in crush.Buckets)
        {
            int at = bucket is null || shadows.Contains(bucket.Id) ? -1 : bucket.Items.IndexOf(id);
            if (at >= 0)
            {
                found = true;
                if (bucket!.ItemWeights[at] != RawWeight)
                {
                    return false;
                }
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public override string Describe(ClusterSnapshot snapshot) => $"'{Name}' to have CRUSH weight {RawWeight / 65536.0:0.#####}";
}
