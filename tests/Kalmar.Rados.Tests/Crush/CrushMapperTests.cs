using System.Globalization;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Tests.Maps;
using Kalmar.Testing;

namespace Kalmar.Rados.Tests.Crush;

public sealed class CrushMapperTests
{
    private const int Inputs = 120;

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(101, true, false)]
    [InlineData(201, true, true)]
    public async Task Run_over_random_maps_chooses_what_crushtool_chooses(int firstSeed, bool straw2Only, bool modernTunables)
    {
        using var folder = new TemporaryFolder();
        int rules = 0;
        for (int seed = firstSeed; seed < firstSeed + 10; seed++)
        {
            var text = new RandomCrushText(seed, straw2Only, modernTunables);
            string source = folder.File("map.txt"), compiled = folder.File("map");
            await File.WriteAllTextAsync(source, text.ToString(), TestContext.Current.CancellationToken);
            await RealTool.RunAsync("crushtool", "-c", source, "-o", compiled, "--enable-unsafe-tunables");
            CrushMap map = EncodingCheck.Decode<CrushMap>(await File.ReadAllBytesAsync(compiled, TestContext.Current.CancellationToken), source);
            rules += await CompareAsync(seed, map, text, compiled);
        }

        Assert.True(rules > 40, $"only {rules} rules compared");
    }

    private static async Task<int> CompareAsync(int seed, CrushMap map, RandomCrushText text, string compiled)
    {
        var random = new Random(seed);
        var weights = new uint[text.Devices];
        List<string> options = [];
        for (int i = 0; i < weights.Length; i++)
        {
            // crushtool gives devices that stand nowhere a weight of 0; ours all stand somewhere.
            double weight = random.Next(5) switch { 0 => 0, 1 => random.Next(1, 9) / 8.0, _ => 1 };
            weights[i] = (uint)(weight * 0x10000);
            options.AddRange(["--weight", i.ToString(CultureInfo.InvariantCulture), weight.ToString(CultureInfo.InvariantCulture)]);
        }

        var mapper = new CrushMapper(map);
        int size = random.Next(1, 7);
        string output = await RealTool.RunAsync(
            "crushtool",
            ["-i", compiled, "--test", "--show-mappings", "--num-rep", $"{size}", "--min-x", "0", "--max-x", $"{Inputs - 1}", .. options]);
        string[] expected = [.. output.Split('\n').Where(l => l.StartsWith("CRUSH rule", StringComparison.Ordinal))];
        Assert.Equal(Inputs * text.Rules, expected.Length);
        var result = new int[size];
        for (int rule = 0; rule < text.Rules; rule++)
        {
            for (uint x = 0; x < Inputs; x++)
            {
                int count = mapper.Run(rule, x, result, weights, map.ChooseArgsFor(0));
                string actual = $"CRUSH rule {rule} x {x} [{string.Join(',', result.Take(count))}]";
                string wanted = expected[(rule * Inputs) + x];
                Assert.True(wanted == actual, $"seed {seed}: expected {wanted}, computed {actual}\n{text}");
            }
        }

        return text.Rules;
    }
}
