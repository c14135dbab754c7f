using System.Globalization;
using static Kalmar.Rados.Crush.Text.CrushSource;

namespace Kalmar.Rados.Crush.Text;

/// <summary>
/// Reads the grammar of a CRUSH text:
/// <code>
/// map     = { "tunable" name number | "device" number name [ "class" name ] | "type" number name }
///           { bucket | rule } { "choose_args" number "{" { set } "}" }
/// bucket  = type name "{" { "id" -number [ "class" name ] } "alg" algorithm { "hash" ( number | "rjenkins1" ) }
///           { "item" name [ "weight" decimal ] [ "pos" number ] } "}"
/// rule    = "rule" [ name ] "{" ( "id" | "ruleset" ) number "type" kind [ "min_size" number ] [ "max_size" number ] step { step } "}"
/// set     = "{" "bucket_id" -number [ "weight_set" "[" { "[" { decimal } "]" } "]" ] [ "ids" "[" { number } "]" ] "}"
/// </code>
/// </summary>
internal sealed partial class CrushTextParser
{
    private const int LowestBucket = -CrushBucketTable.Most;

    private readonly CrushTextLexer _lexer;
    private readonly CrushSource _source = new();
    private CrushToken _current;

    public CrushTextParser(string text)
    {
        _lexer = new CrushTextLexer(text);
        _current = _lexer.Next();
    }

    public CrushSource Parse()
    {
        while (TryParseHead())
        {
        }

        while (!_current.IsEnd && !_current.Is("choose_args"))
        {
            if (_current.Text is "tunable" or "device" or "type")
            {
                throw _current.Error($"'{_current.Text}' must stand before the first bucket and the first rule");
            }

            if (_current.Is("rule"))
            {
                ParseRule();
            }
            else if (_source.Rules.Count > 0)
            {
                throw _current.Expected("'rule', 'choose_args' or the end (buckets stand before the rules)");
            }
            else
            {
                ParseBucket();
            }
        }

        while (!_current.IsEnd)
        {
            ParseChooseArgs();
        }

        return _source;
    }

    private bool TryParseHead()
    {
        switch (_current.Text)
        {
            case "tunable":
                Take();
                ParseTunable();
                return true;
            case "device":
                Take();
                (int device, CrushToken deviceToken) = Number("a device number from 0 on");
                _source.Devices.Add(new DeviceSource(device, deviceToken, Name("a device name"), DeviceClass()));
                return true;
            case "type":
                Take();
                (int type, CrushToken typeToken) = Number("a type number from 0 to 65535", ushort.MaxValue);
                _source.Types.Add(new TypeSource(type, typeToken, Name("a type name")));
                return true;
            default:
                return false;
        }
    }

    private void ParseTunable()
    {
        CrushToken name = Take();
        bool isByte = name.Text is "chooseleaf_vary_r" or "chooseleaf_stable" or "straw_calc_version";
        CrushTunables old = _source.Tunables;
        uint Value() => (uint)(isByte ? Number("a number from 0 to 255", byte.MaxValue) : Number("a number from 0 on")).Value;
        _source.Tunables = name.Text switch
        {
            "choose_local_tries" => old with { ChooseLocalTries = Value() },
            "choose_local_fallback_tries" => old with { ChooseLocalFallbackTries = Value() },
            "choose_total_tries" => old with { ChooseTotalTries = Value() },
            "chooseleaf_descend_once" => old with { ChooseLeafDescendOnce = Value() },
            "chooseleaf_vary_r" => old with { ChooseLeafVaryR = (byte)Value() },
            "chooseleaf_stable" => old with { ChooseLeafStable = (byte)Value() },
            "straw_calc_version" => old with { StrawCalcVersion = (byte)Value() },
            "allowed_bucket_algs" => old with { AllowedBucketAlgorithms = Value() },
            "msr_descents" => old with { MsrDescents = Value() },
            "msr_collision_tries" => old with { MsrCollisionTries = Value() },
            _ => throw name.Expected(
                "a tunable (choose_local_tries, choose_local_fallback_tries, choose_total_tries, chooseleaf_descend_once, chooseleaf_vary_r, "
                + "chooseleaf_stable, straw_calc_version, allowed_bucket_algs, msr_descents, msr_collision_tries)"),
        };
        _source.HasMsrTunables |= name.Text.StartsWith("msr_", StringComparison.Ordinal);
    }

    private void ParseBucket()
    {
        CrushToken type = Name("a bucket's type, 'rule' or 'choose_args'");
        var bucket = new BucketSource(type, Name("the bucket's name"));
        Expect("{");
        while (TryTake("id"))
        {
            (int id, CrushToken token) = BucketId();
            bucket.Ids.Add(new BucketIdSource(id, token, DeviceClass()));
        }

        Expect("alg", bucket.Ids.Count == 0 ? "'id' or 'alg'" : null);
        bucket.AlgorithmToken = Take();
        bucket.Algorithm = bucket.AlgorithmToken.Text switch
        {
            "uniform" => CrushAlgorithm.Uniform,
            "list" => CrushAlgorithm.List,
            "tree" => CrushAlgorithm.Tree,
            "straw" => CrushAlgorithm.Straw,
            "straw2" => CrushAlgorithm.Straw2,
            _ => throw bucket.AlgorithmToken.Expected("uniform, list, tree, straw or straw2"),
        };
        while (TryTake("hash"))
        {
            bucket.Hash = TryTake("rjenkins1") ? (byte)0 : (byte)Number("rjenkins1 or a hash number from 0 to 255", byte.MaxValue).Value;
        }

        while (TryTake("item"))
        {
            bucket.Items.Add(ParseItem());
        }

        Expect("}", bucket.Items.Count == 0 ? "'hash', 'item' or '}'" : "'item' or '}'");
        _source.Buckets.Add(bucket);
    }

    private ItemSource ParseItem()
    {
        CrushToken name = Name("the name of a device or bucket");
        CrushToken weightToken = _current, positionToken = _current;
        uint? weight = null;
        int? position = null;
        if (TryTake("weight"))
        {
            weightToken = _current;
            weight = Weight();
        }

        if (TryTake("pos"))
        {
            (int number, positionToken) = Number("a position from 0 on");
            position = number;
        }

        return new ItemSource(name, weight, weightToken, position, positionToken);
    }

    private void ParseChooseArgs()
    {
        Expect("choose_args", "'choose_args' or the end");
        CrushToken key = Take();
        // -1 is what crushtool writes as an unsigned number of 64 bits.
        long pool = key.Text is "-1" or "18446744073709551615" ? CrushMap.DefaultChooseArgs : ToNumber(key, "a pool number or -1", 0, int.MaxValue);
        var args = new ChooseArgsSource(pool, key);
        Expect("{");
        while (TryTake("{"))
        {
            Expect("bucket_id");
            (int id, CrushToken idToken) = BucketId();
            args.Sets.Add(ParseWeightSet(new WeightSetSource(id, idToken)));
        }

        Expect("}", "'{' or '}'");
        _source.ChooseArgs.Add(args);
    }

    private WeightSetSource ParseWeightSet(WeightSetSource set)
    {
        if (TryTake("weight_set"))
        {
            Expect("[");
            for (CrushToken start = _current; TryTake("["); start = _current)
            {
                List<uint> weights = [];
                while (!_current.Is("]"))
                {
                    weights.Add(Weight("a weight such as 1.5, or ']'"));
                }

                Take();
                set.Positions.Add((start, weights));
            }

            Expect("]", "'[' or ']'");
        }

        set.IdsToken = _current;
        if (TryTake("ids"))
        {
            Expect("[");
            set.Ids = [];
            while (!_current.Is("]"))
            {
                set.Ids.Add(ToNumber(Take(), "a number or ']'", int.MinValue, int.MaxValue));
            }

            Take();
        }

        Expect("}", set.Ids is not null ? null : set.Positions.Count > 0 ? "'ids' or '}'" : "'weight_set', 'ids' or '}'");
        return set;
    }

    private CrushToken Take()
    {
        CrushToken token = _current;
        _current = _lexer.Next();
        return token;
    }

    private bool TryTake(string text)
    {
        bool found = _current.Is(text);
        if (found)
        {
            Take();
        }

        return found;
    }

    private void Expect(string text, string? what = null)
    {
        if (!TryTake(text))
        {
            throw _current.Expected(what ?? $"'{text}'");
        }
    }

    private CrushToken Name(string what)
    {
        foreach (char c in _current.Text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                throw _current.Expected($"{what} (letters, digits, '-', '_' and '.')");
            }
        }

        return _current.IsEnd ? throw _current.Expected(what) : Take();
    }

    private CrushToken? DeviceClass() => TryTake("class") ? Name("the name of a device class") : null;

    private (int Value, CrushToken Token) Number(string what, int most = int.MaxValue)
    {
        CrushToken token = Take();
        return (ToNumber(token, what, 0, most), token);
    }

    private (int Id, CrushToken Token) BucketId()
    {
        CrushToken token = Take();
        return (ToNumber(token, $"a bucket id from -1 down to {LowestBucket}", LowestBucket, -1), token);
    }

    private uint Weight(string what = "a weight such as 1.5")
    {
        CrushToken token = Take();
        return token.IsEnd || CrushWeightText.Parse(token.Text) is not uint weight ? throw token.Expected(what) : weight;
    }

    private static int ToNumber(CrushToken token, string what, int least, int most) =>
        int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        && token.Text[0] != '+' && number >= least && number <= most
            ? number
            : throw token.Expected(what);
}
