using Kalmar.Rados.Maps;
using static Kalmar.Rados.Crush.Text.CrushSource;

namespace Kalmar.Rados.Crush.Text;

/// <summary>Makes a map from what a text says: resolves names, checks weights, places buckets, clones shadows and collects rules.</summary>
internal sealed partial class CrushMapBuilder(CrushSource source)
{
    /// <summary>The most buckets and items that all shadows together may have; 100,000 OSDs of 20 classes make two million.</summary>
    private const long MostShadowItems = 1 << 24;

    private readonly Dictionary<string, (int Id, CrushToken Token)> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _typeNames = [];
    private readonly Dictionary<int, string> _itemNames = [];
    private readonly CrushClassNumbers _classes = new();
    private readonly CrushBucketTable _buckets = new();
    private readonly Dictionary<int, Dictionary<int, int>> _wantedShadows = [];
    private readonly CrushRule?[] _rules = new CrushRule?[byte.MaxValue + 1];
    private readonly Dictionary<int, string> _ruleNames = [];
    private ValueMap<int, ValueMap<int, int>> _shadows = ValueMap<int, ValueMap<int, int>>.Empty;

    public CrushMap Build()
    {
        AddDevices();
        AddTypes();
        AddBuckets();
        if (source.Rules.Count > 0)
        {
            CheckShadowSize();
            _shadows = new CrushShadows(_buckets, _classes, _itemNames, _wantedShadows, source.Tunables.StrawCalcVersion).Make();
        }

        AddRules();
        return new CrushMap
        {
            Buckets = _buckets.ToList(),
            Rules = [.. _rules[..(Array.FindLastIndex(_rules, r => r is not null) + 1)]],
            MaxDevices = MaxDevices(),
            TypeNames = ValueMap.Create(_typeNames),
            ItemNames = ValueMap.Create(_itemNames),
            RuleNames = ValueMap.Create(_ruleNames),
            Tunables = source.Tunables,
            HasMsrTunables = source.HasMsrTunables,
            ClassOf = ValueMap.Create(_classes.Of),
            ClassNames = ValueMap.Create(_classes.Names),
            ShadowBuckets = _shadows,
            ChooseArgs = ChooseArgs(),
        };
    }

    /// <summary>Each class has a shadow of the whole hierarchy: a short text could ask for more than there is memory.</summary>
    private void CheckShadowSize()
    {
        long items = source.Buckets.Sum(b => 1L + b.Items.Count);
        if (items * _classes.Names.Count > MostShadowItems || (long)source.Buckets.Count * _classes.Names.Count > CrushBucketTable.Most / 2)
        {
            throw source.Rules[0].IdToken.Error($"{source.Buckets.Count} buckets with {_classes.Names.Count} device classes make too many shadow buckets");
        }
    }

    private int MaxDevices() => _itemNames.Keys.DefaultIfEmpty(-1).Max() is int highest and >= 0 ? checked(highest + 1) : 0;

    private void AddDevices()
    {
        foreach (DeviceSource device in source.Devices)
        {
            if (device.Id == int.MaxValue)
            {
                throw device.IdToken.Error($"device numbers end at {int.MaxValue - 1}");
            }

            if (!_itemNames.TryAdd(device.Id, device.Name.Text))
            {
                throw device.IdToken.Error($"device {device.Id} is defined twice");
            }

            AddItem(device.Name, device.Id);
            if (device.DeviceClass is CrushToken name)
            {
                _classes.Of[device.Id] = _classes.NumberOf(name.Text);
            }
        }
    }

    private void AddTypes()
    {
        foreach (TypeSource type in source.Types)
        {
            if (!_types.TryAdd(type.Name.Text, type.Id))
            {
                throw type.Name.Error($"type '{type.Name.Text}' is defined twice");
            }

            if (!_typeNames.TryAdd(type.Id, type.Name.Text))
            {
                throw type.IdToken.Error($"type {type.Id} is defined twice");
            }
        }
    }

    private void AddItem(CrushToken name, int id)
    {
        if (!_items.TryAdd(name.Text, (id, name)))
        {
            throw name.Error($"'{name.Text}' is defined twice, first in line {_items[name.Text].Token.Line}");
        }
    }

    private int ItemOf(CrushToken name) =>
        _items.TryGetValue(name.Text, out (int Id, CrushToken Token) item)
            ? item.Id
            : throw name.Error($"there is no device or bucket '{name.Text}' before this line");

    private int TypeOf(CrushToken name) =>
        _types.TryGetValue(name.Text, out int type)
            ? type
            : throw name.Error($"there is no type '{name.Text}'; defined are {string.Join(", ", _types.Keys.Take(20).DefaultIfEmpty("none"))}");

    private void AddRules()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (RuleSource rule in source.Rules)
        {
            if (_rules[rule.Id] is not null)
            {
                throw rule.IdToken.Error($"rule {rule.Id} is defined twice");
            }

            if (rule.Name is CrushToken name)
            {
                _ruleNames[rule.Id] = names.Add(name.Text) ? name.Text : throw name.Error($"rule '{name.Text}' is defined twice");
            }

            _rules[rule.Id] = new CrushRule(rule.Id, rule.Type, [.. rule.Steps.Select(Step)]) { MinSize = rule.MinSize, MaxSize = rule.MaxSize };
        }
    }

    private CrushRuleStep Step(StepSource step) =>
        step.Item is CrushToken item ? new CrushRuleStep(step.Op, TakenItem(item, step.DeviceClass), 0)
        : step.Type is CrushToken type ? new CrushRuleStep(step.Op, step.Number, TypeOf(type))
        : new CrushRuleStep(step.Op, step.Number, 0);

    private int TakenItem(CrushToken item, CrushToken? deviceClass)
    {
        int id = ItemOf(item);
        if (deviceClass is not CrushToken wanted)
        {
            return id;
        }

        if (_classes.Find(wanted.Text) is not int number)
        {
            throw wanted.Error($"no device is of class '{wanted.Text}'");
        }

        return _shadows.TryGetValue(id, out ValueMap<int, int>? ofItem) && ofItem.TryGetValue(number, out int shadow)
            ? shadow
            : throw wanted.Error($"'{item.Text}' has no devices of class '{wanted.Text}' apart (a device has none, nor what stands in or beside a uniform bucket with weight)");
    }

    private ValueMap<long, ValueMap<int, CrushWeightSet>> ChooseArgs()
    {
        var all = new Dictionary<long, ValueMap<int, CrushWeightSet>>();
        foreach (ChooseArgsSource args in source.ChooseArgs)
        {
            var sets = new Dictionary<int, CrushWeightSet>();
            var seen = new HashSet<int>();
            foreach (WeightSetSource set in args.Sets)
            {
                if (!seen.Add(set.Bucket))
                {
                    throw set.BucketToken.Error($"bucket {set.Bucket} has two weight sets");
                }

                CrushWeightSet made = WeightSet(set);
                if (made.Positions.Count + made.Ids.Count > 0)
                {
                    sets[set.Bucket] = made;
                }
            }

            if (!all.TryAdd(args.Key, ValueMap.Create(sets)))
            {
                throw args.KeyToken.Error($"choose_args {args.KeyToken.Text} is defined twice");
            }
        }

        return ValueMap.Create(all);
    }

    private CrushWeightSet WeightSet(WeightSetSource set)
    {
        CrushBucket bucket = _buckets.Find(set.Bucket) ?? throw set.BucketToken.Error($"there is no bucket {set.Bucket}");
        int size = bucket.Items.Count;
        foreach ((CrushToken start, List<uint> weights) in set.Positions)
        {
            if (weights.Count != size)
            {
                throw start.Error($"expected {size} weights, one for each item of bucket {set.Bucket}, found {weights.Count}");
            }
        }

        return set.Ids is null || set.Ids.Count == size
            ? new CrushWeightSet([.. set.Positions.Select(p => (ValueList<uint>)[.. p.Weights])], [.. set.Ids ?? []])
            : throw set.IdsToken.Error($"expected {size} ids, one for each item of bucket {set.Bucket}, found {set.Ids.Count}");
    }
}
