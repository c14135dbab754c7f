using System.Globalization;
using System.Text.RegularExpressions;

namespace Kalmar.Rados.Tests.Crush;

/// <summary>
/// The same kind of map in other words, from a seed: ids and weights left out, positions and shadow ids given, buckets in another order, set
/// steps, comments and white space. Some of what comes out is no map; crushtool knows.
/// </summary>
internal static partial class CrushTextVariation
{
    private static readonly string[] SetSteps =
    [
        "set_choose_tries", "set_chooseleaf_tries", "set_choose_local_tries", "set_choose_local_fallback_tries", "set_chooseleaf_vary_r",
        "set_chooseleaf_stable",
    ];

    public static string Of(string text, int seed)
    {
        var random = new Random(seed);
        if (random.Next(3) != 0)
        {
            text = IdLine().Replace(text, m => random.Next(4) == 0 ? "" : m.Value);
        }

        if (random.Next(2) == 0)
        {
            text = Weight().Replace(text, m => random.Next(6) switch { 0 => "", 1 => $" weight {random.Next(1, 30)}e-{random.Next(3)}", _ => m.Value });
        }

        text = Hash().Replace(text, _ => random.Next(3) switch { 0 => "\thash rjenkins1\n", 1 => "", _ => "\thash 0\n" });
        text = Take().Replace(text, m => random.Next(3) == 0 ? $"\tstep {SetSteps[random.Next(SetSteps.Length)]} {random.Next(60)}\n{m.Value}" : m.Value);
        text = Bucket().Replace(text, m => Shuffle(m.Value, random));
        if (random.Next(3) == 0)
        {
            int shadow = -100;
            text = IdLine().Replace(text, m => random.Next(2) == 0 ? $"{m.Value}\tid {shadow--} class {(random.Next(2) == 0 ? "hdd" : "nvme")}\n" : m.Value);
        }

        if (random.Next(2) == 0)
        {
            text = Swap(text, random);
        }

        text = text.Replace("type 0 osd\n", "device 77 spare class nvme\ntype 0 osd\n", StringComparison.Ordinal);
        return Blank().Replace(text, m => random.Next(10) switch { 0 => "  ", 1 => "\n", 2 => " # why not {\n\t", _ => m.Value });
    }

    /// <summary>Gives some items a position.</summary>
    private static string Shuffle(string bucket, Random random)
    {
        if (random.Next(3) != 0)
        {
            return bucket;
        }

        int count = Item().Count(bucket);
        int[] places = [.. Enumerable.Range(0, count)];
        random.Shuffle(places);
        int next = 0;
        return Item().Replace(bucket, m =>
        {
            string position = places[next++].ToString(CultureInfo.InvariantCulture);
            return random.Next(2) == 0 ? $"{m.Value.TrimEnd('\n')} pos {position}\n" : m.Value;
        });
    }

    /// <summary>Two buckets change places.</summary>
    private static string Swap(string text, Random random)
    {
        MatchCollection buckets = Bucket().Matches(text);
        if (buckets.Count < 2)
        {
            return text;
        }

        int a = random.Next(buckets.Count - 1), b = random.Next(a + 1, buckets.Count);
        Match first = buckets[a], second = buckets[b];
        return string.Concat(
            text.AsSpan(0, first.Index),
            second.Value,
            text.AsSpan(first.Index + first.Length, second.Index - first.Index - first.Length).ToString() + first.Value,
            text.AsSpan(second.Index + second.Length));
    }

    [GeneratedRegex(@"\tid -\d+\n", RegexOptions.None, 1000)]
    private static partial Regex IdLine();

    [GeneratedRegex(@" weight [\d.]+", RegexOptions.None, 1000)]
    private static partial Regex Weight();

    [GeneratedRegex(@"\thash 0\n", RegexOptions.None, 1000)]
    private static partial Regex Hash();

    [GeneratedRegex(@"\tstep take .*\n", RegexOptions.None, 1000)]
    private static partial Regex Take();

    [GeneratedRegex(@"\titem .*\n", RegexOptions.None, 1000)]
    private static partial Regex Item();

    [GeneratedRegex(@"^(host|rack|room|root) \w+ \{\n(\t.*\n)*\}\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bucket();

    [GeneratedRegex(" ", RegexOptions.None, 1000)]
    private static partial Regex Blank();
}
