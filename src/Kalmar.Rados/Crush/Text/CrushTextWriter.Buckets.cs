namespace Kalmar.Rados.Crush.Text;

/// <content>Buckets, each after what stands in it.</content>
internal sealed partial class CrushTextWriter
{
    private void WriteBuckets()
    {
        var met = new HashSet<int>();
        var open = new Stack<(CrushBucket Bucket, int Next)>();
        foreach (CrushBucket? root in map.Buckets)
        {
            if (root is not null && met.Add(root.Id))
            {
                open.Push((root, 0));
            }

            while (open.TryPop(out (CrushBucket Bucket, int Next) top))
            {
                if (top.Next == top.Bucket.Items.Count)
                {
                    WriteBucket(top.Bucket);
                    continue;
                }

                open.Push(top with { Next = top.Next + 1 });
                int item = top.Bucket.Items[top.Next];
                if (map.BucketOf(item) is CrushBucket inner && met.Add(item))
                {
                    open.Push((inner, 0));
                }
            }
        }
    }

    private void WriteBucket(CrushBucket bucket)
    {
        if (map.ItemNames.TryGetValue(bucket.Id, out string? name) && !IsWritable(name))
        {
            return;
        }

        Line($"{TypeName(bucket.Type)} {ItemName(bucket.Id)} {{");
        Line($"\tid {bucket.Id}\t\t# do not change unnecessarily");
        if (map.ShadowBuckets.TryGetValue(bucket.Id, out Maps.ValueMap<int, int>? shadows))
        {
            foreach ((int number, int shadow) in shadows)
            {
                if (map.ClassNames.TryGetValue(number, out string? deviceClass))
                {
                    Line($"\tid {shadow} class {deviceClass}\t\t# do not change unnecessarily");
                }
            }
        }

        Line($"\t# weight {Weight(bucket.Weight)}");
        (string algorithm, string hint, bool hasPositions) = bucket.Algorithm switch
        {
            CrushAlgorithm.Uniform => ("uniform", $"\t# do not change bucket size ({bucket.Items.Count}) unnecessarily", true),
            CrushAlgorithm.List => ("list", "\t# add new items at the end; do not change order unnecessarily", false),
            CrushAlgorithm.Tree => ("tree", "\t# do not change pos for existing items unnecessarily", true),
            CrushAlgorithm.Straw => ("straw", "", false),
            _ => ("straw2", "", false),
        };
        Line($"\talg {algorithm}{hint}");
        Line($"\thash {bucket.Hash}\t# {(bucket.Hash == 0 ? "rjenkins1" : "unknown")}");
        for (int i = 0; i < bucket.Items.Count; i++)
        {
            string position = hasPositions ? $" pos {i}" : "";
            Line($"\titem {ItemName(bucket.Items[i])} weight {Weight(bucket.ItemWeights[i])}{position}");
        }

        Plain("}");
    }

    /// <summary>Shadow buckets have a name that no text can give.</summary>
    private static bool IsWritable(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
