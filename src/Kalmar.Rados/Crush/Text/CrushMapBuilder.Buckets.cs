using static Kalmar.Rados.Crush.Text.CrushSource;

namespace Kalmar.Rados.Crush.Text;

/// <content>Buckets.</content>
internal sealed partial class CrushMapBuilder
{
    private const uint MostDeviceWeight = 100 * 0x10000u, MostBucketWeight = 65535 * 0x10000u;

    /// <summary>CRUSH itself descends no deeper than ten.</summary>
    private const int MostLevels = 100;

    private readonly Dictionary<int, int> _levels = [];

    private void AddBuckets()
    {
        HashSet<int> reserved = [.. source.Buckets.Where(b => b.Ids.Count > 0).Select(b => b.Ids[0].Id)];
        int next = -1;
        foreach (BucketSource bucket in InOrder())
        {
            int type = TypeOf(bucket.Type);
            if (type == 0)
            {
                throw bucket.Type.Error($"'{bucket.Type.Text}' is the type of devices, number 0; no bucket can have it");
            }

            (int[] items, uint[] weights) = Place(bucket);
            (int? own, Dictionary<int, int> shadows) = Ids(bucket);
            while (own is null && (reserved.Contains(next) || _itemNames.ContainsKey(next)))
            {
                next--;
            }

            int id = own ?? next;
            AddItem(bucket.Name, id);
            if (!_itemNames.TryAdd(id, bucket.Name.Text))
            {
                throw bucket.Ids.First(i => i.Id == id && i.DeviceClass is null).IdToken.Error($"bucket {id} is defined twice: '{_itemNames[id]}' has this id");
            }

            _wantedShadows[id] = shadows;
            int level = 1 + items.Select(i => _levels.GetValueOrDefault(i)).DefaultIfEmpty(0).Max();
            _levels[id] = level <= MostLevels ? level : throw bucket.Name.Error($"buckets stand in one another more than {MostLevels} deep");
            _buckets.Add(CrushBucketMaker.Make(id, (ushort)type, bucket.Algorithm, bucket.Hash, items, weights, source.Tunables.StrawCalcVersion));
        }
    }

    /// <summary>
    /// The buckets so that what stands in another one comes before it. As crushtool does it: each bucket that names a later one changes places
    /// with it. The order decides which ids are given to buckets that name none.
    /// </summary>
    private BucketSource[] InOrder()
    {
        BucketSource[] order = [.. source.Buckets];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < order.Length; i++)
        {
            if (!places.TryAdd(order[i].Name.Text, i))
            {
                throw order[i].Name.Error($"'{order[i].Name.Text}' is defined twice, first in line {order[places[order[i].Name.Text]].Name.Line}");
            }
        }

        var itemNames = new HashSet<string>?[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            BucketSource outer = source.Buckets[i];
            int[] later =
            [
                .. outer.Items.Select(item => places.GetValueOrDefault(item.Name.Text, -1)).Where(p => p > i).Distinct().Order(),
            ];
            foreach (int inner in later)
            {
                BucketSource other = source.Buckets[inner];
                itemNames[inner] ??= [.. other.Items.Select(item => item.Name.Text)];
                if (itemNames[inner]!.Contains(outer.Name.Text))
                {
                    throw other.Items.First(item => item.Name.Is(outer.Name.Text)).Name.Error($"'{outer.Name.Text}' and '{other.Name.Text}' stand in each other");
                }

                (order[i], order[inner]) = (order[inner], order[i]);
            }
        }

        return order;
    }

    private (int? Own, Dictionary<int, int> Shadows) Ids(BucketSource bucket)
    {
        int? own = null;
        var shadows = new Dictionary<int, int>();
        foreach (BucketIdSource id in bucket.Ids)
        {
            if (id.DeviceClass is CrushToken deviceClass)
            {
                if (!shadows.TryAdd(_classes.NumberOf(deviceClass.Text), id.Id))
                {
                    throw deviceClass.Error($"'{bucket.Name.Text}' has two ids for class '{deviceClass.Text}'");
                }
            }
            else
            {
                own = own is null ? id.Id : throw id.IdToken.Error($"'{bucket.Name.Text}' has two ids");
            }
        }

        return (own, shadows);
    }

    private (int[] Items, uint[] Weights) Place(BucketSource bucket)
    {
        int size = bucket.Items.Count;
        if (bucket.Algorithm == CrushAlgorithm.Tree && size > CrushBucketMaker.MostTreeItems)
        {
            throw bucket.AlgorithmToken.Error($"a tree bucket takes at most {CrushBucketMaker.MostTreeItems} items, '{bucket.Name.Text}' has {size}");
        }

        var items = new int[size];
        var weights = new uint[size];
        bool[] taken = Taken(bucket);
        int free = 0;
        uint sum = 0;
        foreach (ItemSource item in bucket.Items)
        {
            int id = ItemOf(item.Name);
            uint weight = WeightOf(bucket, item, id);
            sum = uint.MaxValue - sum >= weight
                ? sum + weight
                : throw item.WeightToken.Error($"the weights in '{bucket.Name.Text}' add up to more than 65535.99998");
            while (item.Position is null && taken[free])
            {
                free++;
            }

            int place = item.Position ?? free++;
            (items[place], weights[place]) = (id, weight);
        }

        CheckUniform(bucket, weights);
        return (items, weights);
    }

    private static bool[] Taken(BucketSource bucket)
    {
        var taken = new bool[bucket.Items.Count];
        foreach (ItemSource item in bucket.Items)
        {
            if (item.Position is int place)
            {
                if (place >= taken.Length)
                {
                    throw item.PositionToken.Error($"expected a position from 0 to {taken.Length - 1} in '{bucket.Name.Text}', found {place}");
                }

                if (taken[place])
                {
                    throw item.PositionToken.Error($"position {place} in '{bucket.Name.Text}' is taken twice");
                }

                taken[place] = true;
            }
        }

        return taken;
    }

    private uint WeightOf(BucketSource bucket, ItemSource item, int id)
    {
        // What is not said: the bucket's own weight, and 1 for a device.
        uint weight = item.Weight ?? _buckets.Find(id)?.Weight ?? 0x10000;
        uint most = id >= 0 ? MostDeviceWeight : MostBucketWeight;
        return item.Weight is null || weight <= most
            ? weight
            : throw item.WeightToken.Error($"expected a weight from 0 to {most / 0x10000} for '{item.Name.Text}' in '{bucket.Name.Text}'");
    }

    private static void CheckUniform(BucketSource bucket, uint[] weights)
    {
        if (bucket.Algorithm != CrushAlgorithm.Uniform)
        {
            return;
        }

        ItemSource? other = bucket.Items.Find(i => i.Weight is uint w && w != weights[0]);
        if (other is not null || Array.Exists(weights, w => w != weights[0]))
        {
            throw (other?.WeightToken ?? bucket.AlgorithmToken).Error(
                $"the items of the uniform bucket '{bucket.Name.Text}' must all weigh {CrushWeightText.Format(weights[0], null)}, as its first one does");
        }

        if (weights.Length > 0 && weights[0] == 0)
        {
            throw bucket.Items[0].WeightToken.Error($"the items of the uniform bucket '{bucket.Name.Text}' must weigh more than 0");
        }
    }
}
