using System.Text;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Tests.Crush;

public sealed class CrushTextErrorTests
{
    private const string Head = "device 0 osd.0 class hdd\ndevice 1 osd.1 class ssd\ntype 0 osd\ntype 1 host\ntype 2 root\n";
    private const string Host = "host h {\n\tid -2\n\talg straw2\n\titem osd.0 weight 1.5\n\titem osd.1 weight 2\n}\n";
    private const string Rule = "rule r {\n\tid 0\n\ttype replicated\n\tmin_size 1\n\tmax_size 10\n\tstep take h class hdd\n\tstep emit\n}\n";

    [Theory]
    [InlineData("bogus", 1, 6, "the bucket's name")]
    [InlineData("tunable choose_total_trees 3", 1, 9, "expected a tunable (choose_local_tries")]
    [InlineData("# c\n tunable choose_total_tries many", 2, 29, "expected a number from 0 on, found 'many'")]
    [InlineData("tunable straw_calc_version 256", 1, 28, "expected a number from 0 to 255, found '256'")]
    [InlineData("device x osd.0", 1, 8, "expected a device number")]
    [InlineData("device -1 osd.0", 1, 8, "expected a device number")]
    [InlineData("device 4294967296 osd.0", 1, 8, "expected a device number")]
    [InlineData("device 2147483647 osd.0", 1, 8, "device numbers end at 2147483646")]
    [InlineData("device 0 osd~0", 1, 10, "expected a device name (letters")]
    [InlineData("device 0 osd.0 class", 1, 21, "expected the name of a device class, found the end of the text")]
    [InlineData("device 0 osd.0\ndevice 1 osd.0", 2, 10, "'osd.0' is defined twice, first in line 1")]
    [InlineData("device 0 osd.0\ndevice 0 osd.1", 2, 8, "device 0 is defined twice")]
    [InlineData("type 1 a\ntype 2 a", 2, 8, "type 'a' is defined twice")]
    [InlineData("type 1 a\ntype 1 b", 2, 6, "type 1 is defined twice")]
    [InlineData("type 65536 a", 1, 6, "expected a type number from 0 to 65535")]
    [InlineData("{", 1, 1, "expected a bucket's type")]
    [InlineData("host h }", 1, 8, "expected '{', found '}'")]
    [InlineData(Head + "rock h { alg straw2 }", 6, 1, "there is no type 'rock'; defined are osd, host, root")]
    [InlineData(Head + "osd h { alg straw2 }", 6, 1, "'osd' is the type of devices")]
    [InlineData(Head + "host h {\n}", 7, 1, "expected 'id' or 'alg', found '}'")]
    [InlineData(Head + "host h {\n id -1\n hash 0", 8, 2, "expected 'alg', found 'hash'")]
    [InlineData(Head + "host h { id 1", 6, 13, "expected a bucket id from -1 down to")]
    [InlineData(Head + "host h { id -2000000", 6, 13, "expected a bucket id from -1 down to -1048576")]
    [InlineData(Head + "host h { id -1 id -2 alg list }", 6, 19, "'h' has two ids")]
    [InlineData(Head + "host h { id -3 class hdd id -2 class hdd alg list }", 6, 38, "'h' has two ids for class 'hdd'")]
    [InlineData(Head + "host h { alg straw3 }", 6, 14, "expected uniform, list, tree, straw or straw2, found 'straw3'")]
    [InlineData(Head + "host h { alg list hash md5 }", 6, 24, "expected rjenkins1 or a hash number")]
    [InlineData(Head + "host h { alg list item osd.9 }", 6, 24, "there is no device or bucket 'osd.9'")]
    [InlineData(Head + "host h { alg list item osd.0 weight x }", 6, 37, "expected a weight such as 1.5, found 'x'")]
    [InlineData(Head + "host h { alg list item osd.0 weight -1 }", 6, 37, "expected a weight such as 1.5, found '-1'")]
    [InlineData(Head + "host h { alg list item osd.0 weight NaN }", 6, 37, "expected a weight such as 1.5")]
    [InlineData(Head + "host h { alg list item osd.0 weight 1e30 }", 6, 37, "expected a weight such as 1.5")]
    [InlineData(Head + "host h { alg list item osd.0 weight 101 }", 6, 37, "expected a weight from 0 to 100 for 'osd.0'")]
    [InlineData(Head + "host h { alg list item osd.0 pos 1 }", 6, 34, "expected a position from 0 to 0")]
    [InlineData(Head + "host h { alg list item osd.0 pos 1 item osd.1 pos 1 }", 6, 51, "position 1 in 'h' is taken twice")]
    [InlineData(Head + "host h { alg uniform item osd.0 weight 1 item osd.1 weight 2 }", 6, 60, "must all weigh 1.000")]
    [InlineData(Head + "host h { alg uniform item osd.0 weight 0 }", 6, 40, "must weigh more than 0")]
    [InlineData(Head + "host h { alg list weight 1 }", 6, 19, "expected 'hash', 'item' or '}', found 'weight'")]
    [InlineData(Head + "host h { alg list item osd.0 alg list }", 6, 30, "expected 'item' or '}', found 'alg'")]
    [InlineData(Head + Host + "host h { alg list }", 12, 6, "'h' is defined twice, first in line 6")]
    [InlineData(Head + Host + "host osd.1 { alg list }", 12, 6, "'osd.1' is defined twice, first in line 2")]
    [InlineData(Head + Host + "host g { id -2 alg list }", 12, 13, "bucket -2 is defined twice: 'h' has this id")]
    [InlineData(Head + "host a { alg list item b }\nhost b { alg list item a }", 7, 24, "'a' and 'b' stand in each other")]
    [InlineData(Head + "host a { alg list item a }", 6, 24, "there is no device or bucket 'a'")]
    [InlineData(Head + Host + "device 2 osd.2", 12, 1, "'device' must stand before the first bucket")]
    [InlineData(Head + Host + Rule + "host g { alg list }", 20, 1, "buckets stand before the rules")]
    [InlineData(Head + Host + "rule r {\n ruleset x", 13, 10, "expected a rule number from 0 to 255")]
    [InlineData(Head + Host + "rule r {\n id 256", 13, 5, "expected a rule number from 0 to 255, found '256'")]
    [InlineData(Head + Host + "rule r {\n id 1 type raid", 13, 12, "expected replicated, erasure")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure }", 13, 20, "expected 'step', found '}'")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step jump }", 13, 25, "expected a step (take, choose")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step take x }", 13, 30, "there is no device or bucket 'x'")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step take h class nvme step emit }", 13, 38, "no device is of class 'nvme'")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step take osd.0 class ssd step emit }", 13, 42, "'osd.0' has no devices of class 'ssd' apart")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step choose second 1 type host }", 13, 32, "expected firstn or indep")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step choose firstn 1.5 type host }", 13, 39, "expected how many to choose")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step choose firstn 1 type shed }", 13, 46, "there is no type 'shed'")]
    [InlineData(Head + Host + "rule r {\n id 1 type erasure step set_choose_tries -1 }", 13, 42, "expected a number from 0 on")]
    [InlineData(Head + Host + Rule + "rule r {\n id 1 type erasure step emit }", 20, 6, "rule 'r' is defined twice")]
    [InlineData(Head + Host + Rule + "rule s {\n id 0 type erasure step emit }", 21, 5, "rule 0 is defined twice")]
    [InlineData(Head + Host + "choose_args x { }", 12, 13, "expected a pool number or -1")]
    [InlineData(Head + Host + "choose_args 1 { }\nchoose_args 1 { }", 13, 13, "choose_args 1 is defined twice")]
    [InlineData(Head + Host + "choose_args 1 { { bucket_id -1 } }", 12, 29, "there is no bucket -1")]
    [InlineData(Head + Host + "choose_args 1 {\n{ bucket_id -2 weight_set [ [ 1 2 ]\n[ 1 ] ] } }", 14, 1, "expected 2 weights, one for each item of bucket -2, found 1")]
    [InlineData(Head + Host + "choose_args 1 { { bucket_id -2 ids [ 1 ] } }", 12, 32, "expected 2 ids")]
    [InlineData(Head + Host + "choose_args 1 { { bucket_id -2 weight_set [ [ a ] ] } }", 12, 47, "expected a weight such as 1.5, or ']', found 'a'")]
    [InlineData(Head + Host + "choose_args 1 { { bucket_id -2 ids [ 1.5 ] } }", 12, 38, "expected a number or ']'")]
    [InlineData(Head + Host + "choose_args 1 { { bucket_id -2 } { bucket_id -2 } }", 12, 46, "bucket -2 has two weight sets")]
    [InlineData(Head + Host + "choose_args 1 { }\nrule", 13, 1, "expected 'choose_args' or the end")]
    public void Compile_of_a_mistake_names_line_column_and_what_was_expected(string text, int line, int column, string problem)
    {
        var error = Assert.Throws<CrushTextException>(() => CrushText.Compile(text));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Equal($"line {line}, column {column}: {error.Problem}", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Compile_of_every_truncation_is_a_map_or_names_a_place()
    {
        string text = Head + Host + Rule + "choose_args 0 {\n  {\n    bucket_id -2\n    weight_set [\n      [ 1.000 2.000 ]\n    ]\n    ids [ 1 2 ]\n  }\n}\n";
        CrushText.Compile(text);
        int errors = 0;
        for (int length = 0; length < text.Length; length++)
        {
            errors += FailsCleanly(text[..length]) ? 1 : 0;
        }

        Assert.True(errors > text.Length / 2, $"{errors} errors in {text.Length} truncations");
    }

    [Fact]
    public void Compile_of_changed_and_random_texts_is_a_map_or_names_a_place()
    {
        string[] words = [.. (Head + Host + Rule).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), "[", "]", "-5", "1e9", "#", "ü", "\0", "choose_args", "pos"];
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            string[] text = (Head + Host + Rule).Split(' ');
            for (int i = 0; i < 2; i++)
            {
                text[random.Next(text.Length)] = words[random.Next(words.Length)];
            }

            FailsCleanly(string.Join(' ', text));
            FailsCleanly(string.Join(' ', Enumerable.Range(0, random.Next(60)).Select(_ => words[random.Next(words.Length)])));
            FailsCleanly(new string([.. Enumerable.Range(0, random.Next(80)).Select(_ => (char)random.Next(0x20, 0x100))]));
        }
    }

    [Fact]
    public void Compile_of_a_long_chain_or_a_long_text_is_refused()
    {
        var chain = new StringBuilder(Head + "host h0 { alg list item osd.0 }\n");
        for (int i = 1; i < 200; i++)
        {
            chain.Append($"host h{i} {{ alg list item h{i - 1} }}\n");
        }

        var error = Assert.Throws<CrushTextException>(() => CrushText.Compile(chain.ToString()));
        Assert.Equal("buckets stand in one another more than 100 deep", error.Problem);
        Assert.Equal(106, error.Line);
        Assert.Throws<CrushTextException>(() => CrushText.Compile(new string(' ', CrushText.MaxLength + 1)));
    }

    [Fact]
    public void Compile_of_as_many_classes_as_devices_is_refused_before_it_takes_memory()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++)
        {
            text.Append($"device {i} osd.{i} class c{i}\n");
        }

        text.Append("type 0 osd\ntype 1 host\n");
        for (int i = 0; i < 2_000; i++)
        {
            text.Append($"host h{i} {{ alg straw2 item osd.{i} }}\n");
        }

        text.Append("rule r { id 0 type replicated step take h0 step emit }\n");
        var error = Assert.Throws<CrushTextException>(() => CrushText.Compile(text.ToString()));
        Assert.Equal("2000 buckets with 20000 device classes make too many shadow buckets", error.Problem);
        Assert.Equal(22_003, error.Line);
    }

    [Fact]
    public void Compile_of_ten_thousand_devices_takes_memory_in_proportion_to_the_text()
    {
        var text = new StringBuilder("type 0 osd\ntype 1 host\ntype 2 root\n");
        for (int i = 0; i < 10_000; i++)
        {
            text.Insert(0, $"device {i} osd.{i} class hdd\n");
        }

        for (int host = 0; host < 500; host++)
        {
            text.Append($"host h{host} {{ alg straw2\n");
            for (int i = 0; i < 20; i++)
            {
                text.Append($"item osd.{(host * 20) + i} weight 1.81940\n");
            }

            text.Append("}\n");
        }

        text.Append($"root default {{ alg straw2\n{string.Concat(Enumerable.Range(0, 500).Select(h => $"item h{h}\n"))}}}\n");
        text.Append("rule r { id 0 type replicated step take default class hdd step chooseleaf firstn 0 type host step emit }\n");
        string whole = text.ToString();
        long before = GC.GetAllocatedBytesForCurrentThread();
        CrushMap map = CrushText.Compile(whole);
        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1002, map.Buckets.Count(b => b is not null));
        Assert.True(used < whole.Length * 60L, $"{used} bytes for a text of {whole.Length} characters");
        Assert.Equal(map, CrushText.Compile(CrushText.Decompile(map)));
    }

    [Fact]
    public void Decompile_of_a_map_that_contains_itself_comes_to_an_end()
    {
        CrushMap map = CrushText.Compile(Head + Host);
        CrushBucket bucket = map.BucketOf(-2)! with { Items = [-2, 99] };
        CrushMap odd = map with { Buckets = [null, bucket], Rules = [new CrushRule(0, 9, [new CrushRuleStep((CrushRuleOp)77, 0, 0), new CrushRuleStep(CrushRuleOp.Take, -9, 0)])] };
        string text = CrushText.Decompile(odd);
        Assert.Contains("item h weight 1.500\n\titem device99 weight 2.000\n", text, StringComparison.Ordinal);
        Assert.Contains("type 9\n", text, StringComparison.Ordinal);
        Assert.Contains("step take bucket8\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_of_squid_rules_keeps_their_tunables_and_steps()
    {
        string text = Head + "tunable msr_descents 7\n" + Host
            + "rule m {\n id 3 type msr_indep step set_msr_descents 5 step set_msr_collision_tries 6 step take h step choosemsr 4 type osd step emit }\n"
            + "choose_args -1 { { bucket_id -2 weight_set [ [ 1 1 ] ] } }";
        CrushMap map = CrushText.Compile(text);
        Assert.True(map.HasMsrTunables);
        Assert.Equal(7u, map.Tunables.MsrDescents);
        Assert.Equal([5, 6, -2, 4, 0], map.RuleOf(3)!.Steps.Select(s => s.Arg1));
        Assert.Equal(5, map.RuleOf(3)!.Type);
        Assert.Equal((ValueList<uint>)[0x10000, 0x10000], map.ChooseArgs[CrushMap.DefaultChooseArgs][-2].Positions[0]);
        Assert.Contains("choose_args 18446744073709551615 {", CrushText.Decompile(map), StringComparison.Ordinal);
        Assert.Equal(map, CrushText.Compile(CrushText.Decompile(map)));
    }

    private static bool FailsCleanly(string text)
    {
        try
        {
            CrushMap map = CrushText.Compile(text);
            Assert.NotEmpty(CrushText.Decompile(map));
            return false;
        }
        catch (CrushTextException e)
        {
            int lines = text.Count(c => c == '\n') + 1;
            Assert.InRange(e.Line, 1, lines);
            Assert.InRange(e.Column, 1, text.Split('\n')[e.Line - 1].Length + 1);
            return true;
        }
    }
}
