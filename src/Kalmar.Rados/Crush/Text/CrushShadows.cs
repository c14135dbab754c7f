using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Crush.Text;

/// <summary>
/// Makes a shadow of each bucket for each device class, named <c>bucket~class</c>, that holds only the devices of that class. An id that the
/// text gives is kept, others are the first free ones, in the order: roots from the lowest id, classes by number, children before their
/// bucket. As in Ceph, a shadow that can't be made (its id is in use, a uniform bucket with weight) ends the making of all that follow.
/// </summary>
internal sealed class CrushShadows(
    CrushBucketTable buckets,
    CrushClassNumbers classes,
    Dictionary<int, string> itemNames,
    Dictionary<int, Dictionary<int, int>> wanted,
    byte strawVersion)
{
    private readonly HashSet<int> _reserved = [.. wanted.Values.SelectMany(ids => ids.Values)];
    private readonly Dictionary<int, Dictionary<int, int>> _made = [];
    private int _next = -1;

    public ValueMap<int, ValueMap<int, int>> Make()
    {
        HashSet<int> held = [.. buckets.All.SelectMany(b => b.Items)];
        int[] roots = [.. buckets.All.Select(b => b.Id).Where(id => !held.Contains(id)).Order()];
        MakeAll(roots);
        return ValueMap.Create(_made.Select(p => KeyValuePair.Create(p.Key, ValueMap.Create(p.Value))));
    }

    private void MakeAll(int[] roots)
    {
        foreach (int root in roots)
        {
            foreach (int deviceClass in classes.Names.Keys.Order())
            {
                if (Clone(root, deviceClass) is null)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The id of the shadow, or null when it can't be made. Buckets don't stand deep in one another: the builder sees to it.</summary>
    private int? Clone(int id, int deviceClass)
    {
        if (_made.TryGetValue(id, out Dictionary<int, int>? ofBucket) && ofBucket.TryGetValue(deviceClass, out int known))
        {
            return known;
        }

        CrushBucket original = buckets.Find(id)!;
        var items = new List<int>();
        var weights = new List<uint>();
        for (int i = 0; i < original.Items.Count; i++)
        {
            int item = original.Items[i];
            uint weight = original.ItemWeights[i];
            if (item < 0)
            {
                if (Clone(item, deviceClass) is not int child)
                {
                    return null;
                }

                (item, weight) = (child, buckets.Find(child)!.Weight);
            }
            else if (!classes.Of.TryGetValue(item, out int own) || own != deviceClass)
            {
                continue;
            }

            if (original.Algorithm == CrushAlgorithm.Uniform && weight != 0)
            {
                return null;
            }

            items.Add(item);
            weights.Add(weight);
        }

        return Add(original, deviceClass, [.. items], [.. weights]);
    }

    private int? Add(CrushBucket original, int deviceClass, int[] items, uint[] weights)
    {
        int shadow = wanted.TryGetValue(original.Id, out Dictionary<int, int>? ids) && ids.TryGetValue(deviceClass, out int given) ? given : Free();
        if (buckets.Find(shadow) is not null)
        {
            return null;
        }

        buckets.Add(CrushBucketMaker.Make(shadow, original.Type, original.Algorithm, original.Hash, items, weights, strawVersion));
        itemNames[shadow] = $"{itemNames[original.Id]}~{classes.Names[deviceClass]}";
        classes.Of[shadow] = deviceClass;
        if (!_made.TryGetValue(original.Id, out Dictionary<int, int>? made))
        {
            _made[original.Id] = made = [];
        }

        made[deviceClass] = shadow;
        return shadow;
    }

    private int Free()
    {
        while (buckets.Find(_next) is not null || _reserved.Contains(_next))
        {
            _next--;
        }

        return _next;
    }
}
