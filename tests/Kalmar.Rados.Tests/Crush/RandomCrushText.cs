using System.Globalization;
using System.Text;

namespace Kalmar.Rados.Tests.Crush;

/// <summary>
/// CRUSH maps as text, made from a seed: two to four levels, buckets of all algorithms, classes, weight sets, odd weights and rules.
/// </summary>
internal sealed class RandomCrushText
{
    private static readonly string[] Levels = ["host", "rack", "room", "root"];
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<(int Id, string Name, int Size)> _buckets = [];
    private int _nextId = -1;

    public RandomCrushText(int seed, bool straw2Only = false, bool modernTunables = false)
    {
        _random = new Random(seed);
        Straw2Only = straw2Only;
        WriteTunables(modernTunables);
        Devices = _random.Next(1, 40);
        bool classes = _random.Next(2) == 0;
        for (int i = 0; i < Devices; i++)
        {
            Line($"device {i} osd.{i}{(classes && _random.Next(8) != 0 ? $" class {(_random.Next(2) == 0 ? "hdd" : "ssd")}" : "")}");
        }

        Line("type 0 osd");
        int levels = _random.Next(2, 5);
        string[] names = [.. Levels[..(levels - 1)], "root"];
        for (int i = 0; i < names.Length; i++)
        {
            Line($"type {i + 1} {names[i]}");
        }

        WriteHierarchy(names);
        HasClasses = classes && straw2Only;
        WriteRules(names);
        if (straw2Only && _random.Next(3) == 0)
        {
            WriteChooseArgs();
        }
    }

    public int Devices { get; }

    public int Rules { get; private set; }

    public bool Straw2Only { get; }

    private bool HasClasses { get; }

    public override string ToString() => _text.ToString();

    private void WriteTunables(bool modern)
    {
        bool legacy = !modern && _random.Next(4) == 0;
        Line($"tunable choose_local_tries {(legacy ? _random.Next(4) : 0)}");
        Line($"tunable choose_local_fallback_tries {(legacy ? _random.Next(6) : 0)}");
        Line($"tunable choose_total_tries {(modern ? 50 : _random.Next(1, 60))}");
        Line($"tunable chooseleaf_descend_once {(modern ? 1 : _random.Next(2))}");
        Line($"tunable chooseleaf_vary_r {(modern ? 1 : _random.Next(4))}");
        Line($"tunable chooseleaf_stable {(modern ? 1 : _random.Next(2))}");
        Line($"tunable straw_calc_version {_random.Next(2)}");
        Line("tunable allowed_bucket_algs 62");
    }

    private void WriteHierarchy(string[] levels)
    {
        List<(string Name, double Weight)> below = [.. Enumerable.Range(0, Devices).Select(i => ($"osd.{i}", Weight()))];
        for (int level = 0; level < levels.Length; level++)
        {
            bool last = level == levels.Length - 1;
            List<(string Name, double Weight)> buckets = [];
            int taken = 0;
            while (taken < below.Count || (last && buckets.Count == 0))
            {
                int count = last ? below.Count : Math.Min(below.Count - taken, _random.Next(1, 8));
                string name = $"{levels[level]}{buckets.Count}";
                buckets.Add((name, WriteBucket(levels[level], name, below.GetRange(taken, count))));
                taken += count;
            }

            below = buckets;
        }
    }

    private double WriteBucket(string type, string name, List<(string Name, double Weight)> items)
    {
        string algorithm = Straw2Only ? "straw2" : new[] { "uniform", "list", "tree", "straw", "straw2" }[_random.Next(5)];
        Line($"{type} {name} {{");
        Line($"\tid {_nextId}");
        Line($"\talg {algorithm}");
        Line("\thash 0");
        double sum = 0;
        // crushtool refuses uniform buckets of weight 0.
        double first = Math.Max(items[0].Weight, 0.5);
        foreach ((string item, double weight) in items)
        {
            double own = algorithm == "uniform" ? first : weight;
            sum += own;
            Line($"\titem {item} weight {own.ToString("F5", CultureInfo.InvariantCulture)}");
        }

        Line("}");
        _buckets.Add((_nextId, name, items.Count));
        _nextId--;
        return sum;
    }

    private void WriteRules(string[] levels)
    {
        foreach (string mode in (string[])["firstn", "indep"])
        {
            foreach (string level in levels[..^1])
            {
                string number = mode == "firstn" && _random.Next(3) == 0 ? "-1" : "0";
                string take = HasClasses && _random.Next(2) == 0 ? "step take root0 class ssd" : "step take root0";
                Rule(mode, take, [$"step chooseleaf {mode} {number} type {level}"]);
            }

            Rule(mode, "step take root0", [$"step choose {mode} 0 type osd"]);
            if (levels.Length > 2)
            {
                Rule(mode, "step take root0", [$"step choose {mode} 2 type {levels[^2]}", $"step chooseleaf {mode} 2 type {levels[0]}"]);
                Rule(
                    mode,
                    "step set_choose_tries 20",
                    ["step set_chooseleaf_tries 5", "step take root0", $"step choose {mode} 0 type {levels[0]}", $"step choose {mode} 1 type osd"]);
            }
        }
    }

    private void Rule(string mode, string first, string[] steps)
    {
        Line($"rule rule{Rules} {{");
        Line($"\tid {Rules}");
        Line($"\ttype {(mode == "firstn" ? "replicated" : "erasure")}");
        Line("\tmin_size 1");
        Line("\tmax_size 20");
        Line($"\t{first}");
        foreach (string step in steps)
        {
            Line($"\t{step}");
        }

        Line("\tstep emit");
        Line("}");
        Rules++;
    }

    private void WriteChooseArgs()
    {
        Line("choose_args 0 {");
        foreach ((int id, _, int size) in _buckets.Where(_ => _random.Next(2) == 0))
        {
            Line("  {");
            Line($"    bucket_id {id}");
            int positions = _random.Next(1, 4);
            Line("    weight_set [");
            for (int i = 0; i < positions; i++)
            {
                Line($"      [ {Join(size, () => Weight().ToString("F5", CultureInfo.InvariantCulture))} ]");
            }

            Line("    ]");
            if (_random.Next(3) == 0)
            {
                Line($"    ids [ {Join(size, () => _random.Next(-50, 50).ToString(CultureInfo.InvariantCulture))} ]");
            }

            Line("  }");
        }

        Line("}");

        static string Join(int count, Func<string> one) => string.Join(' ', Enumerable.Range(0, count).Select(_ => one()));
    }

    private double Weight() => _random.Next(6) switch
    {
        0 => 0,
        1 => 1,
        2 => _random.Next(1, 20),
        _ => _random.NextDouble() * 8,
    };

    private void Line(string line) => _text.Append(line).Append('\n');
}
