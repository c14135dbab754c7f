namespace Kalmar.Rados.Crush;

/// <content>Choosing for shards: each keeps its slot, what fails leaves a hole.</content>
public sealed partial class CrushMapper
{
    /// <summary>Fills all of <paramref name="slots"/>; the first of them is number <paramref name="first"/>.</summary>
    private void ChooseIndep(in Draw draw, CrushBucket start, int wanted, Span<int> slots, int first, Span<int> leaves, int parentR)
    {
        slots.Fill(ItemUndefined);
        if (!leaves.IsEmpty)
        {
            leaves[..slots.Length].Fill(ItemUndefined);
        }

        int left = slots.Length;
        for (int round = 0; left > 0 && round < draw.Tries; round++)
        {
            for (int slot = 0; slot < slots.Length; slot++)
            {
                if (slots[slot] == ItemUndefined && TryIndep(draw, start, wanted, slots, slot, first, leaves, parentR, round))
                {
                    left--;
                }
            }
        }

        slots.Replace(ItemUndefined, ItemNone);
        if (!leaves.IsEmpty)
        {
            leaves[..slots.Length].Replace(ItemUndefined, ItemNone);
        }
    }

    /// <summary>One descent for one slot. True when the slot is settled: with an item, or with a hole at a dead end.</summary>
    private bool TryIndep(
        in Draw draw, CrushBucket start, int wanted, Span<int> slots, int slot, int first, Span<int> leaves, int parentR, int round)
    {
        CrushBucket bucket = start;
        int depth = 0;
        while (bucket.Items.Count > 0)
        {
            // A uniform bucket whose size is a multiple of the wanted number would give the same items again and again.
            bool shift = bucket.Algorithm == CrushAlgorithm.Uniform && bucket.Items.Count % wanted == 0;
            int r = first + slot + parentR + ((shift ? wanted + 1 : wanted) * round);
            int item = ChooseItem(bucket, draw.X, r, first);
            CrushBucket? below = item < 0 ? BucketOf(item) : null;
            bool rightType = (below?.Type ?? 0) == draw.Type && (item >= 0 || below is not null);
            if (item >= Map.MaxDevices || (!rightType && (below is null || ++depth > _buckets.Length)))
            {
                slots[slot] = ItemNone;
                if (!leaves.IsEmpty)
                {
                    leaves[slot] = ItemNone;
                }

                return true;
            }

            if (!rightType)
            {
                bucket = below!;
                continue;
            }

            if (slots.Contains(item) || !LeafIndep(draw, item, below, wanted, slot, first, leaves, r) || (item >= 0 && IsOut(draw, item)))
            {
                return false;
            }

            slots[slot] = item;
            return true;
        }

        return false;
    }

    private bool LeafIndep(in Draw draw, int item, CrushBucket? below, int wanted, int slot, int first, Span<int> leaves, int r)
    {
        if (leaves.IsEmpty)
        {
            return true;
        }

        if (below is null)
        {
            leaves[slot] = item;
            return true;
        }

        ChooseIndep(draw.ForLeaf(), below, wanted, leaves.Slice(slot, 1), first + slot, [], r);
        return leaves[slot] != ItemNone;
    }
}
