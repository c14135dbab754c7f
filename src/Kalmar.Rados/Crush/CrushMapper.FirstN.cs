namespace Kalmar.Rados.Crush;

/// <content>Choosing for replicas: what fails is closed up.</content>
public sealed partial class CrushMapper
{
    /// <summary>How one attempt at a replica ended.</summary>
    private enum Attempt
    {
        Chosen,
        Retry,
        GiveUp,
    }

    /// <summary>Fills <paramref name="chosen"/> from <paramref name="placed"/> on.</summary>
    /// <returns>How many items stand in <paramref name="chosen"/> afterwards.</returns>
    private int ChooseFirstN(
        in Draw draw, CrushBucket start, int wanted, Span<int> chosen, int placed, Span<int> leaves, int parentR)
    {
        for (int replica = draw.Settings.Stable ? 0 : placed; replica < wanted && placed < chosen.Length; replica++)
        {
            int failures = 0;
            Attempt attempt;
            do
            {
                attempt = TryFirstN(draw, start, replica + parentR, chosen, placed, leaves, ref failures);
            }
            while (attempt == Attempt.Retry);

            placed += attempt == Attempt.Chosen ? 1 : 0;
        }

        return placed;
    }

    /// <summary>One descent from the start bucket. Legacy tunables let a failure stay in the bucket for some more draws.</summary>
    private Attempt TryFirstN(
        in Draw draw, CrushBucket start, int baseR, Span<int> chosen, int placed, Span<int> leaves, ref int failures)
    {
        CrushBucket bucket = start;
        int localFailures = 0;
        int depth = 0;
        while (true)
        {
            int r = baseR + failures;
            bool collides = false;
            if (bucket.Items.Count > 0)
            {
                int item = ChooseLocally(draw, bucket, r, placed, localFailures);
                if (item >= Map.MaxDevices)
                {
                    return Attempt.GiveUp;
                }

                CrushBucket? below = item < 0 ? BucketOf(item) : null;
                if ((below?.Type ?? 0) != draw.Type || (item < 0 && below is null))
                {
                    if (below is null || ++depth > _buckets.Length)
                    {
                        return Attempt.GiveUp;
                    }

                    bucket = below;
                    continue;
                }

                collides = chosen[..placed].Contains(item);
                if (!collides && LeafFirstN(draw, item, below, r, chosen.Length, placed, leaves) && (item < 0 || !IsOut(draw, item)))
                {
                    chosen[placed] = item;
                    return Attempt.Chosen;
                }
            }

            failures++;
            localFailures++;
            bool stay = (collides && localFailures <= draw.Settings.LocalTries)
                || (draw.Settings.LocalFallbackTries > 0 && localFailures <= bucket.Items.Count + draw.Settings.LocalFallbackTries);
            if (!stay)
            {
                return failures < draw.Tries ? Attempt.Retry : Attempt.GiveUp;
            }
        }
    }

    private int ChooseLocally(in Draw draw, CrushBucket bucket, int r, int placed, int localFailures)
    {
        int fallback = draw.Settings.LocalFallbackTries;
        return fallback > 0 && localFailures >= bucket.Items.Count >> 1 && localFailures > fallback
            ? ChoosePermuted(bucket, draw.X, r)
            : ChooseItem(bucket, draw.X, r, placed);
    }

    /// <summary>True when nothing is wanted below the item or a device was found there.</summary>
    private bool LeafFirstN(in Draw draw, int item, CrushBucket? below, int r, int room, int placed, Span<int> leaves)
    {
        if (leaves.IsEmpty)
        {
            return true;
        }

        if (below is null)
        {
            leaves[placed] = item;
            return true;
        }

        int leafR = draw.Settings.VaryR > 0 ? r >> (draw.Settings.VaryR - 1) : 0;
        int wanted = draw.Settings.Stable ? 1 : placed + 1;
        return ChooseFirstN(draw.ForLeaf(), below, wanted, leaves[..Math.Min(room, placed + 1)], placed, [], leafR) > placed;
    }
}
