using System.Globalization;
using System.Text;
using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Crush.Text;

/// <summary>Writes a map as text, line for line as crushtool does, with its hints as comments.</summary>
internal sealed partial class CrushTextWriter(CrushMap map, int? decimals)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        Plain("# begin crush map");
        WriteTunables();
        Plain("");
        Plain("# devices");
        foreach ((int id, string name) in map.ItemNames.Where(i => i.Key >= 0 && i.Key < map.MaxDevices))
        {
            Line($"device {id} {name}{(map.DeviceClassOf(id) is string deviceClass ? $" class {deviceClass}" : "")}");
        }

        Plain("");
        Plain("# types");
        if (map.TypeNames.Count > 0 && !map.TypeNames.ContainsKey(0))
        {
            Plain("type 0 osd");
        }

        foreach ((int number, string name) in map.TypeNames.Where(t => t.Key >= 0))
        {
            Line($"type {number} {name}");
        }

        Plain("");
        Plain("# buckets");
        WriteBuckets();
        Plain("");
        Plain("# rules");
        foreach (CrushRule? rule in map.Rules)
        {
            if (rule is not null)
            {
                WriteRule(rule);
            }
        }

        WriteChooseArgs();
        Plain("");
        Plain("# end crush map");
        return _text.ToString();
    }

    /// <summary>Those that differ from what a text without them means.</summary>
    private void WriteTunables()
    {
        CrushTunables set = map.Tunables, plain = new CrushSource().Tunables;
        Tunable("choose_local_tries", set.ChooseLocalTries, plain.ChooseLocalTries);
        Tunable("choose_local_fallback_tries", set.ChooseLocalFallbackTries, plain.ChooseLocalFallbackTries);
        Tunable("choose_total_tries", set.ChooseTotalTries, plain.ChooseTotalTries);
        Tunable("chooseleaf_descend_once", set.ChooseLeafDescendOnce, plain.ChooseLeafDescendOnce);
        Tunable("chooseleaf_vary_r", set.ChooseLeafVaryR, plain.ChooseLeafVaryR);
        Tunable("chooseleaf_stable", set.ChooseLeafStable, plain.ChooseLeafStable);
        Tunable("straw_calc_version", set.StrawCalcVersion, plain.StrawCalcVersion);
        Tunable("allowed_bucket_algs", set.AllowedBucketAlgorithms, plain.AllowedBucketAlgorithms);
        if (map.HasMsrTunables)
        {
            Tunable("msr_descents", set.MsrDescents, plain.MsrDescents);
            Tunable("msr_collision_tries", set.MsrCollisionTries, plain.MsrCollisionTries);
        }
    }

    private void Tunable(string name, uint value, uint plain)
    {
        if (value != plain)
        {
            Line($"tunable {name} {value}");
        }
    }

    private void WriteRule(CrushRule rule)
    {
        Line($"rule {(map.RuleNames.TryGetValue(rule.Id, out string? name) ? $"{name} " : " ")}{{");
        Line($"\tid {rule.Id}");
        if (rule.Ruleset != rule.Id)
        {
            Line($"\t# WARNING: ruleset {rule.Ruleset} != id {rule.Id}; this will not recompile to the same map");
        }

        Line($"\ttype {rule.Type switch { 1 => "replicated", 3 => "erasure", 4 => "msr_firstn", 5 => "msr_indep", byte other => $"{other}" }}");
        Line($"\tmin_size {rule.MinSize}");
        Line($"\tmax_size {rule.MaxSize}");
        foreach (CrushRuleStep step in rule.Steps)
        {
            WriteStep(step);
        }

        Plain("}");
    }

    private void WriteStep(CrushRuleStep step)
    {
        string? words = step.Op switch
        {
            CrushRuleOp.Noop => "noop",
            CrushRuleOp.Take => $"take {TakenName(step.Arg1)}",
            CrushRuleOp.Emit => "emit",
            CrushRuleOp.ChooseFirstN => $"choose firstn {step.Arg1} type {TypeName(step.Arg2)}",
            CrushRuleOp.ChooseIndep => $"choose indep {step.Arg1} type {TypeName(step.Arg2)}",
            CrushRuleOp.ChooseLeafFirstN => $"chooseleaf firstn {step.Arg1} type {TypeName(step.Arg2)}",
            CrushRuleOp.ChooseLeafIndep => $"chooseleaf indep {step.Arg1} type {TypeName(step.Arg2)}",
            CrushRuleOp.ChooseMsr => $"choosemsr {step.Arg1} type {TypeName(step.Arg2)}",
            _ => CrushStepNames.Names.TryGetValue(step.Op, out string? set) ? $"{set} {step.Arg1}" : null,
        };
        if (words is not null)
        {
            Line($"\tstep {words}");
        }
    }

    /// <summary>A shadow bucket is taken by its bucket's name and its class.</summary>
    private string TakenName(int item)
    {
        string name = ItemName(item);
        int cut = name.IndexOf('~', StringComparison.Ordinal);
        return cut < 0 ? name : $"{name[..cut]} class {name[(cut + 1)..]}";
    }

    private void WriteChooseArgs()
    {
        if (map.ChooseArgs.Count == 0)
        {
            return;
        }

        Plain("");
        Plain("# choose_args");

        // crushtool keeps the keys as unsigned numbers: -1 comes last.
        foreach ((long key, ValueMap<int, CrushWeightSet> sets) in map.ChooseArgs.OrderBy(p => (ulong)p.Key))
        {
            Line($"choose_args {(ulong)key} {{");
            foreach ((int bucket, CrushWeightSet set) in sets.Where(s => s.Value.Positions.Count + s.Value.Ids.Count > 0).Reverse())
            {
                WriteWeightSet(bucket, set);
            }

            Plain("}");
        }
    }

    private void WriteWeightSet(int bucket, CrushWeightSet set)
    {
        Plain("  {");
        Line($"    bucket_id {bucket}");
        if (set.Positions.Count > 0)
        {
            Plain("    weight_set [");
            foreach (ValueList<uint> weights in set.Positions)
            {
                Line($"      [ {string.Concat(weights.Select(w => $"{Weight(w)} "))}]");
            }

            Plain("    ]");
        }

        if (set.Ids.Count > 0)
        {
            Line($"    ids [ {string.Concat(set.Ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"{id} ")))}]");
        }

        Plain("  }");
    }

    private string ItemName(int item) =>
        map.ItemNames.TryGetValue(item, out string? name) ? name : item >= 0 ? $"device{item}" : $"bucket{-1 - item}";

    private string TypeName(int type) => map.TypeNames.TryGetValue(type, out string? name) ? name : type == 0 ? "device" : $"type{type}";

    private string Weight(uint weight) => CrushWeightText.Format(weight, decimals);

    private void Line(FormattableString line) => Plain(line.ToString(CultureInfo.InvariantCulture));

    private void Plain(string line) => _text.Append(line).Append('\n');
}
