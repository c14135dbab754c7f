using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Crush;

/// <summary>
/// Computes what a rule of a CRUSH map chooses, bit for bit as Ceph does. Holds scratch space: one mapper serves one thread and any number
/// of computations.
/// </summary>
/// <param name="map">The map.</param>
public sealed partial class CrushMapper(CrushMap map)
{
    /// <summary>What stands in the result of an indep rule where nothing could be chosen.</summary>
    public const int ItemNone = 0x7fffffff;

    private const int ItemUndefined = 0x7ffffffe;

    private readonly CrushBucket?[] _buckets = map.Buckets.AsSpan().ToArray();
    private int[] _work = [];
    private int[] _chosen = [];
    private int[] _leaves = [];
    private ValueMap<int, CrushWeightSet>? _chooseArgs;

    /// <summary>The map.</summary>
    public CrushMap Map { get; } = map;

    /// <summary>False for rules with steps that we do not know how to compute (Squid's multi-step-retry rules), and for missing ones.</summary>
    /// <param name="ruleId">The rule's id.</param>
    public bool CanCompute(int ruleId)
    {
        if (Map.RuleOf(ruleId) is not { } rule)
        {
            return false;
        }

        foreach (CrushRuleStep step in rule.Steps.AsSpan())
        {
            if (step.Op is > CrushRuleOp.SetChooseLeafStable or < CrushRuleOp.Noop)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Runs a rule.</summary>
    /// <param name="ruleId">The rule's id.</param>
    /// <param name="x">What is placed: the PG's hash.</param>
    /// <param name="result">Room for as many items as are wanted.</param>
    /// <param name="weights">For each device how much of its share it takes, 0x10000 is 1.0; devices beyond the end are out.</param>
    /// <param name="chooseArgs">A weight set of the map, or null.</param>
    /// <returns>How many items were chosen; an indep rule leaves <see cref="ItemNone"/> where it found nothing.</returns>
    /// <exception cref="NotSupportedException">See <see cref="CanCompute"/>.</exception>
    public int Run(
        int ruleId, uint x, Span<int> result, ReadOnlySpan<uint> weights, ValueMap<int, CrushWeightSet>? chooseArgs = null)
    {
        if (!CanCompute(ruleId))
        {
            throw new NotSupportedException($"CRUSH rule {ruleId} is missing or has steps that cannot be computed");
        }

        if (_work.Length < result.Length)
        {
            _work = new int[result.Length];
            _chosen = new int[result.Length];
            _leaves = new int[result.Length];
        }

        _chooseArgs = chooseArgs is { Count: > 0 } ? chooseArgs : null;
        return Run(Map.Rules[ruleId]!, x, result, weights);
    }

    private int Run(CrushRule rule, uint x, Span<int> result, ReadOnlySpan<uint> weights)
    {
        var settings = new CrushSettings(Map.Tunables);
        int workSize = 0, resultSize = 0;
        foreach (CrushRuleStep step in rule.Steps.AsSpan())
        {
            switch (step.Op)
            {
                case CrushRuleOp.Take:
                    workSize = Take(step.Arg1, workSize, result.Length);
                    break;
                case CrushRuleOp.ChooseFirstN or CrushRuleOp.ChooseIndep or CrushRuleOp.ChooseLeafFirstN or CrushRuleOp.ChooseLeafIndep:
                    workSize = Choose(step, settings, x, workSize, result.Length, weights);
                    break;
                case CrushRuleOp.Emit:
                    int count = Math.Min(workSize, result.Length - resultSize);
                    _work.AsSpan(0, count).CopyTo(result[resultSize..]);
                    resultSize += count;
                    workSize = 0;
                    break;
                default:
                    settings = settings.With(step);
                    break;
            }
        }

        return resultSize;
    }

    /// <summary>An item that the map does not have leaves the working set as it was.</summary>
    private int Take(int item, int workSize, int room)
    {
        bool known = item >= 0 ? item < Map.MaxDevices : BucketOf(item) is not null;
        if (!known || room == 0)
        {
            return workSize;
        }

        _work[0] = item;
        return 1;
    }

    private int Choose(CrushRuleStep step, CrushSettings settings, uint x, int workSize, int room, ReadOnlySpan<uint> weights)
    {
        bool firstN = step.Op is CrushRuleOp.ChooseFirstN or CrushRuleOp.ChooseLeafFirstN;
        bool leaf = step.Op is CrushRuleOp.ChooseLeafFirstN or CrushRuleOp.ChooseLeafIndep;
        int wanted = step.Arg1 > 0 ? step.Arg1 : step.Arg1 + room;
        int size = 0;
        for (int i = 0; i < workSize && wanted > 0; i++)
        {
            if (_work[i] == ItemNone || BucketOf(_work[i]) is not { } bucket)
            {
                continue;
            }

            Span<int> chosen = _chosen.AsSpan(size, room - size);
            Span<int> leaves = leaf ? _leaves.AsSpan(size, room - size) : [];
            if (firstN)
            {
                size += ChooseFirstN(
                    new Draw(x, weights, step.Arg2, settings.Tries, settings.LeafTriesFirstN, settings), bucket, wanted, chosen, 0, leaves, 0);
            }
            else
            {
                int slots = Math.Min(wanted, chosen.Length);
                ChooseIndep(
                    new Draw(x, weights, step.Arg2, settings.Tries, settings.LeafTriesIndep, settings), bucket, wanted, chosen[..slots], 0, leaves, 0);
                size += slots;
            }
        }

        (leaf ? _leaves : _chosen).AsSpan(0, size).CopyTo(_work);
        return size;
    }

    private CrushBucket? BucketOf(int id)
    {
        int index = -1 - id;
        return (uint)index < (uint)_buckets.Length ? _buckets[index] : null;
    }

    /// <summary>A device that is out takes nothing; one with a part of its weight takes that part of what it would.</summary>
    private static bool IsOut(in Draw draw, int device)
    {
        if (device >= draw.Weights.Length)
        {
            return true;
        }

        uint weight = draw.Weights[device];
        return weight < OsdMap.FullWeight && (weight == 0 || (CrushHash.Of(draw.X, (uint)device) & 0xffff) >= weight);
    }

    /// <summary>What stays the same during one choose step.</summary>
    private readonly ref struct Draw(uint x, ReadOnlySpan<uint> weights, int type, int tries, int leafTries, CrushSettings settings)
    {
        public uint X { get; } = x;

        public ReadOnlySpan<uint> Weights { get; } = weights;

        public int Type { get; } = type;

        public int Tries { get; } = tries;

        public int LeafTries { get; } = leafTries;

        public CrushSettings Settings { get; } = settings;

        /// <summary>The same for devices below a bucket.</summary>
        public Draw ForLeaf() => new(X, Weights, 0, LeafTries, 0, Settings);
    }
}
