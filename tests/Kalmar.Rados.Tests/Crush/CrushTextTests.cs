using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Tests.Maps;
using Kalmar.Sandbox.Tools;
using Kalmar.Testing;

namespace Kalmar.Rados.Tests.Crush;

public sealed class CrushTextTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(1001, false)]
    [InlineData(2001, true)]
    [InlineData(3001, true)]
    public async Task Random_maps_compile_and_decompile_as_crushtool_does(int firstSeed, bool straw2Only)
    {
        const int Maps = 72;
        using var folder = new TemporaryFolder();
        int same = 0;
        for (int seed = firstSeed; seed < firstSeed + Maps; seed++)
        {
            string text = new RandomCrushText(seed, straw2Only).ToString();
            text = seed % 2 == 0 ? CrushTextVariation.Of(text, seed) : text;
            if (await CrushToolAsync(folder, text) is not byte[] expected)
            {
                Assert.Throws<CrushTextException>(() => CrushText.Compile(text));
                continue;
            }

            CrushMap map = CrushText.Compile(text);
            AssertSame(seed, text, expected, map);
            CrushMap read = EncodingCheck.Decode<CrushMap>(expected, text);
            Assert.Equal(await RealTool.RunAsync("crushtool", "-d", folder.File("map")), CrushText.Decompile(read, CrushText.CrushToolDecimals));

            // Without a number of decimals, nothing is lost on the way to text and back. (A variation may name classes that nothing is of.)
            Assert.True(seed % 2 == 0 || map == CrushText.Compile(CrushText.Decompile(map)), $"seed {seed} changed on the way to text and back");
            same++;
        }

        Assert.True(same >= 50, $"crushtool takes only {same} of {Maps} texts");
    }

    /// <summary>Null when crushtool takes the text for no map.</summary>
    private static async Task<byte[]?> CrushToolAsync(TemporaryFolder folder, string text)
    {
        string source = folder.File("map.txt"), compiled = folder.File("map");
        await File.WriteAllTextAsync(source, text, TestContext.Current.CancellationToken);
        ToolResult result = await RealTool.TryRunAsync("crushtool", ["-c", source, "-o", compiled, "--enable-unsafe-tunables"]);
        return result.ExitCode == 0 ? await File.ReadAllBytesAsync(compiled, TestContext.Current.CancellationToken) : null;
    }

    /// <summary>
    /// The nodes of a tree bucket's shadow are left out when bytes differ: crushtool grows it one item at a time in memory that it never
    /// cleared, so that two runs of it don't give the same bytes.
    /// </summary>
    private static void AssertSame(int seed, string text, byte[] expected, CrushMap map)
    {
        if (!expected.AsSpan().SequenceEqual(EncodingCheck.Encode(map)))
        {
            CrushMap wanted = EncodingCheck.Decode<CrushMap>(expected, text);
            Assert.True(HasTreeShadow(map), $"seed {seed}: {Difference(expected, map)}\n{text}");
            Assert.True(WithoutTreeShadows(wanted) == WithoutTreeShadows(map), $"seed {seed}: {Difference(expected, map)}\n{text}");
        }
    }

    private static bool IsTreeShadow(CrushMap map, CrushBucket? bucket) =>
        bucket is { Algorithm: CrushAlgorithm.Tree } && map.NameOf(bucket.Id).Contains('~', StringComparison.Ordinal);

    private static bool HasTreeShadow(CrushMap map) => map.Buckets.Any(b => IsTreeShadow(map, b));

    private static CrushMap WithoutTreeShadows(CrushMap map) => map with
    {
        Buckets = [.. map.Buckets.Select(b => IsTreeShadow(map, b) ? b! with { AlgorithmData = [], ItemWeights = [] } : b)],
    };

    private static string Difference(byte[] expected, CrushMap actual)
    {
        CrushMap wanted = EncodingCheck.Decode<CrushMap>(expected, "crushtool's map");
        return $"{FirstDifference(CrushText.Decompile(wanted), CrushText.Decompile(actual))} {wanted == actual}";
    }

    private static string FirstDifference(string wanted, string actual) =>
        wanted.Split('\n').Zip(actual.Split('\n')).FirstOrDefault(l => l.First != l.Second).ToString();

    [Fact]
    public async Task Decompile_of_real_maps_of_all_releases_is_as_crushtool_writes_it()
    {
        using var folder = new TemporaryFolder();
        var maps = new Dictionary<string, CrushMap>(StringComparer.Ordinal);
        foreach (CorpusSample sample in Corpus.Of("CrushWrapper"))
        {
            maps[sample.Name] = EncodingCheck.Decode<CrushMap>(sample.Bytes, sample.Name);
        }

        foreach (CorpusSample sample in Corpus.Of("OSDMap"))
        {
            maps[sample.Name] = EncodingCheck.Decode<OsdMap>(sample.Bytes, sample.Name).Crush;
        }

        foreach ((string name, CrushMap map) in maps)
        {
            await File.WriteAllBytesAsync(folder.File("map"), EncodingCheck.Encode(map), TestContext.Current.CancellationToken);
            string expected = await RealTool.RunAsync("crushtool", "-d", folder.File("map"));
            Assert.True(expected == CrushText.Decompile(map, CrushText.CrushToolDecimals), name);
        }

        Assert.True(maps.Count >= 20, $"only {maps.Count} maps");
    }

    [Fact]
    public void Decompile_without_decimals_keeps_each_weight_and_with_three_rounds_as_printf_does()
    {
        string text = "device 0 osd.0\ntype 0 osd\ntype 1 host\nhost h {\n\tid -1\n\talg straw2\n\titem osd.0 weight 0.0625\n}\n";
        CrushMap map = CrushText.Compile(text);
        Assert.Contains("item osd.0 weight 0.0625\n", CrushText.Decompile(map), StringComparison.Ordinal);
        Assert.Contains("item osd.0 weight 0.062\n", CrushText.Decompile(map, 3), StringComparison.Ordinal);
        for (uint weight = 0; weight < 100 * 0x10000; weight += 4093)
        {
            CrushBucket bucket = map.Buckets[0]! with { Weight = weight, ItemWeights = [weight] };
            CrushMap changed = map with { Buckets = [bucket, .. map.Buckets.Skip(1)] };
            Assert.Equal(changed, CrushText.Compile(CrushText.Decompile(changed)));
        }
    }
}
