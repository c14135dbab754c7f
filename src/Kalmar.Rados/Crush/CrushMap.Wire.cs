using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Crush;

/// <content>
/// The encoding, which has no version: u32 magic, s32 max_buckets, u32 max_rules, s32 max_devices, buckets, rules, names (types, items, rules),
/// tunables, device classes, shadow buckets, choose_args; what an old release left out ends the blob early.
/// </content>
public sealed partial record CrushMap
{
    private const uint Magic = 0x00010000;

    /// <inheritdoc/>
    public static CrushMap Read(ref WireReader reader)
    {
        uint magic = reader.ReadU32();
        if (magic != Magic)
        {
            throw reader.Error($"a CRUSH map starts with 0x{Magic:x}, not 0x{magic:x}");
        }

        int maxBuckets = reader.ReadI32();
        uint maxRules = reader.ReadU32();
        int maxDevices = reader.ReadI32();
        if (maxDevices < 0 || maxBuckets < 0 || ((long)maxBuckets + maxRules) * 4 > reader.Remaining)
        {
            throw reader.Error($"{maxBuckets} buckets, {maxRules} rules and {maxDevices} devices announced in {reader.Remaining} bytes");
        }

        var buckets = new CrushBucket?[maxBuckets];
        for (int i = 0; i < buckets.Length; i++)
        {
            buckets[i] = ReadBucket(ref reader, -1 - i);
        }

        var rules = new CrushRule?[maxRules];
        for (int i = 0; i < rules.Length; i++)
        {
            rules[i] = ReadRule(ref reader, i);
        }

        var map = new CrushMap
        {
            Buckets = new ValueList<CrushBucket?>(buckets),
            Rules = new ValueList<CrushRule?>(rules),
            MaxDevices = maxDevices,
            TypeNames = ReadNames(ref reader),
            ItemNames = ReadNames(ref reader),
            RuleNames = ReadNames(ref reader),
        };
        return ReadRest(ref reader, map);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(Magic);
        writer.WriteI32(Buckets.Count);
        writer.WriteU32((uint)Rules.Count);
        writer.WriteI32(MaxDevices);
        foreach (CrushBucket? bucket in Buckets.AsSpan())
        {
            WriteBucket(writer, bucket);
        }

        foreach (CrushRule? rule in Rules.AsSpan())
        {
            WriteRule(writer, rule);
        }

        WriteNames(writer, TypeNames);
        WriteNames(writer, ItemNames);
        WriteNames(writer, RuleNames);
        writer.WriteU32(Tunables.ChooseLocalTries);
        writer.WriteU32(Tunables.ChooseLocalFallbackTries);
        writer.WriteU32(Tunables.ChooseTotalTries);
        writer.WriteU32(Tunables.ChooseLeafDescendOnce);
        writer.WriteU8(Tunables.ChooseLeafVaryR);
        writer.WriteU8(Tunables.StrawCalcVersion);
        writer.WriteU32(Tunables.AllowedBucketAlgorithms);
        writer.WriteU8(Tunables.ChooseLeafStable);
        WriteNumbers(writer, ClassOf);
        WriteNames(writer, ClassNames);
        writer.WriteMap(ShadowBuckets, static (w, k) => w.WriteI32(k), static (w, v) => WriteNumbers(w, v));
        WriteChooseArgs(writer);
        if (HasMsrTunables)
        {
            writer.WriteU32(Tunables.MsrDescents);
            writer.WriteU32(Tunables.MsrCollisionTries);
        }
    }

    private static CrushBucket? ReadBucket(ref WireReader reader, int expectedId)
    {
        uint present = reader.ReadU32();
        if (present == 0)
        {
            return null;
        }

        int id = reader.ReadI32();
        ushort type = reader.ReadU16();
        var algorithm = (CrushAlgorithm)reader.ReadU8();
        byte hash = reader.ReadU8();
        uint weight = reader.ReadU32();
        if ((uint)algorithm != present || algorithm is < CrushAlgorithm.Uniform or > CrushAlgorithm.Straw2 || id != expectedId || type == 0)
        {
            throw reader.Error($"bucket {id} of type {type} with algorithm {(int)algorithm} where bucket {expectedId} of algorithm {present} stands");
        }

        ValueList<int> items = reader.ReadI32List();
        (ValueList<uint> weights, ValueList<uint> data) = ReadWeights(ref reader, algorithm, items.Count);
        return new CrushBucket(id, type, algorithm, hash, weight, items, weights) { AlgorithmData = data };
    }

    private static (ValueList<uint> Weights, ValueList<uint> Data) ReadWeights(ref WireReader reader, CrushAlgorithm algorithm, int size)
    {
        var weights = new uint[size];
        uint[] data = [];
        switch (algorithm)
        {
            case CrushAlgorithm.Uniform:
                data = [reader.ReadU32()];
                Array.Fill(weights, data[0]);
                break;
            case CrushAlgorithm.Tree:
                data = new uint[reader.ReadU8()];
                Fill(ref reader, data);
                for (int i = 0; i < size; i++)
                {
                    int node = (i * 2) + 1;
                    weights[i] = node < data.Length ? data[node] : throw reader.Error($"a tree of {data.Length} nodes for {size} items");
                }

                break;
            case CrushAlgorithm.Straw2:
                Fill(ref reader, weights);
                break;
            default:
                data = new uint[size];
                for (int i = 0; i < size; i++)
                {
                    weights[i] = reader.ReadU32();
                    data[i] = reader.ReadU32();
                }

                break;
        }

        return (new ValueList<uint>(weights), new ValueList<uint>(data));
    }

    private static void Fill(ref WireReader reader, uint[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.ReadU32();
        }
    }

    private static void WriteBucket(WireWriter writer, CrushBucket? bucket)
    {
        writer.WriteU32(bucket is null ? 0 : (uint)bucket.Algorithm);
        if (bucket is null)
        {
            return;
        }

        writer.WriteI32(bucket.Id);
        writer.WriteU16(bucket.Type);
        writer.WriteU8((byte)bucket.Algorithm);
        writer.WriteU8(bucket.Hash);
        writer.WriteU32(bucket.Weight);
        writer.WriteI32List(bucket.Items);
        switch (bucket.Algorithm)
        {
            case CrushAlgorithm.Uniform:
                writer.WriteU32(bucket.AlgorithmData[0]);
                break;
            case CrushAlgorithm.Tree:
                writer.WriteU8((byte)bucket.AlgorithmData.Count);
                WriteAll(writer, bucket.AlgorithmData);
                break;
            case CrushAlgorithm.Straw2:
                WriteAll(writer, bucket.ItemWeights);
                break;
            default:
                for (int i = 0; i < bucket.ItemWeights.Count; i++)
                {
                    writer.WriteU32(bucket.ItemWeights[i]);
                    writer.WriteU32(bucket.AlgorithmData[i]);
                }

                break;
        }
    }

    private static void WriteAll(WireWriter writer, ValueList<uint> numbers)
    {
        foreach (uint number in numbers.AsSpan())
        {
            writer.WriteU32(number);
        }
    }

    private static CrushRule? ReadRule(ref WireReader reader, int id)
    {
        if (reader.ReadU32() == 0)
        {
            return null;
        }

        int count = reader.ReadCount(1);
        byte ruleset = reader.ReadU8();
        byte type = reader.ReadU8();
        byte minSize = reader.ReadU8();
        byte maxSize = reader.ReadU8();
        if ((long)count * 12 > reader.Remaining)
        {
            throw reader.Error($"rule {id} announces {count} steps but only {reader.Remaining} bytes are left");
        }

        var steps = new CrushRuleStep[count];
        for (int i = 0; i < count; i++)
        {
            steps[i] = new CrushRuleStep((CrushRuleOp)reader.ReadU32(), reader.ReadI32(), reader.ReadI32());
        }

        return new CrushRule(id, type, new ValueList<CrushRuleStep>(steps)) { Ruleset = ruleset, MinSize = minSize, MaxSize = maxSize };
    }

    private static void WriteRule(WireWriter writer, CrushRule? rule)
    {
        writer.WriteU32(rule is null ? 0u : 1u);
        if (rule is null)
        {
            return;
        }

        writer.WriteU32((uint)rule.Steps.Count);
        writer.WriteU8(rule.Ruleset);
        writer.WriteU8(rule.Type);
        writer.WriteU8(rule.MinSize);
        writer.WriteU8(rule.MaxSize);
        foreach (CrushRuleStep step in rule.Steps.AsSpan())
        {
            writer.WriteU32((uint)step.Op);
            writer.WriteI32(step.Arg1);
            writer.WriteI32(step.Arg2);
        }
    }

    /// <summary>What stands behind the names. Every release since Luminous writes it down to choose_args, Squid two tunables more.</summary>
    private static CrushMap ReadRest(ref WireReader reader, CrushMap map)
    {
        if (reader.IsAtEnd)
        {
            return map;
        }

        var tunables = new CrushTunables
        {
            ChooseLocalTries = reader.ReadU32(),
            ChooseLocalFallbackTries = reader.ReadU32(),
            ChooseTotalTries = reader.ReadU32(),
            ChooseLeafDescendOnce = reader.ReadU32(),
            ChooseLeafVaryR = reader.ReadU8(),
            StrawCalcVersion = reader.ReadU8(),
            AllowedBucketAlgorithms = reader.ReadU32(),
            ChooseLeafStable = reader.ReadU8(),
        };
        map = map with
        {
            Tunables = tunables,
            ClassOf = ReadNumbers(ref reader),
            ClassNames = ReadNames(ref reader),
            ShadowBuckets = reader.ReadValueMap(
                static (ref WireReader r) => r.ReadI32(), static (ref WireReader r) => ReadNumbers(ref r), 8),
            ChooseArgs = reader.ReadValueMap(static (ref WireReader r) => r.ReadI64(), static (ref WireReader r) => ReadWeightSets(ref r), 12),
        };
        return reader.IsAtEnd
            ? map
            : map with
            {
                HasMsrTunables = true,
                Tunables = tunables with { MsrDescents = reader.ReadU32(), MsrCollisionTries = reader.ReadU32() },
            };
    }

    /// <summary>u32 count, then u32 bucket index, u32 positions with u32 count and weights each, u32 count and s32 ids.</summary>
    private static ValueMap<int, CrushWeightSet> ReadWeightSets(ref WireReader reader) =>
        reader.ReadValueMap(
            static (ref WireReader r) => -1 - r.ReadI32(),
            static (ref WireReader r) => new CrushWeightSet(
                r.ReadValues(static (ref WireReader weights) => weights.ReadU32List(), 4), r.ReadI32List()),
            12);

    private void WriteChooseArgs(WireWriter writer) =>
        writer.WriteMap(
            ChooseArgs,
            static (w, k) => w.WriteI64(k),
            static (w, sets) =>
            {
                // Ids fall as the index on the wire rises.
                KeyValuePair<int, CrushWeightSet>[] byIndex = [.. sets.Reverse()];
                w.WriteMap(
                    byIndex,
                    static (writer, id) => writer.WriteI32(-1 - id),
                    static (writer, set) =>
                    {
                        writer.WriteList(set.Positions, static (ww, weights) => ww.WriteU32List(weights));
                        writer.WriteI32List(set.Ids);
                    });
            });

    private static ValueMap<int, string> ReadNames(ref WireReader reader) =>
        reader.ReadValueMap(static (ref WireReader r) => r.ReadI32(), static (ref WireReader r) => r.ReadString(), 8);

    private static void WriteNames(WireWriter writer, ValueMap<int, string> names) =>
        writer.WriteMap(names, static (w, k) => w.WriteI32(k), static (w, v) => w.WriteString(v));

    private static ValueMap<int, int> ReadNumbers(ref WireReader reader) =>
        reader.ReadValueMap(static (ref WireReader r) => r.ReadI32(), static (ref WireReader r) => r.ReadI32(), 8);

    private static void WriteNumbers(WireWriter writer, ValueMap<int, int> numbers) =>
        writer.WriteMap(numbers, static (w, k) => w.WriteI32(k), static (w, v) => w.WriteI32(v));
}
