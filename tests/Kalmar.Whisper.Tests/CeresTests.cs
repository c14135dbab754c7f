using System.Diagnostics;
using Kalmar.Whisper.Ceres;
using Kalmar.Whisper.Operations;

namespace Kalmar.Whisper.Tests;

/// <summary>Trees are made by Python as the format is documented: <c>.ceres-node</c> in JSON, slices of network-order doubles.</summary>
public sealed class CeresTests
{
    private const long Now = 1_700_000_000;

    private const string Maker = """
        import sys, os, json, struct
        root, now = sys.argv[1], int(sys.argv[2])
        nan = float('nan')
        def node(name, meta, *slices):
            folder = os.path.join(root, *name.split('.'))
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(folder, '.ceres-node'), 'w') as f: json.dump(meta, f)
            for start, step, values in slices:
                with open(os.path.join(folder, '%d@%d.slice' % (start, step)), 'wb') as f: f.write(struct.pack('!%dd' % len(values), *values))
        os.makedirs(os.path.join(root, '.ceres-tree'))
        t = now - now % 3600
        node('servers.a.load', {'timeStep': 60}, (t - 3600, 60, [float(i) for i in range(60)]))
        node('servers.a.gap', {'timeStep': 60}, (t - 7200, 60, [1.0, nan, 3.0]), (t - 3600, 60, [7.0, 8.0]))
        node('servers.b.mixed', {'timeStep': 10, 'aggregationMethod': 'sum'}, (t - 86400, 600, [100.0] * 138), (t - 3600, 10, [1.0] * 360), (t - 1800, 10, [2.0] * 180))
        node('servers.b.empty', {'timeStep': 60})
        node('servers.b.bad', {'timeStep': 60}); open(os.path.join(root, 'servers/b/bad/.ceres-node'), 'w').write('{broken')
        node('servers.b.odd', {'timeStep': 60}, (t, 60, [1.0]))
        open(os.path.join(root, 'servers/b/odd/x@y.slice'), 'w').write('12345678')
        open(os.path.join(root, 'servers/b/odd/%d@60.slice' % (t + 60)), 'wb').write(b'1234')
        """;

    private static readonly long Hour = Now - (Now % 3600);

    [Fact]
    public void Nodes_of_a_tree_are_found_and_others_are_not()
    {
        using var folder = new TemporaryFolder();
        string tree = Make(folder);
        Assert.Equal(
            ["servers.a.gap", "servers.a.load", "servers.b.bad", "servers.b.empty", "servers.b.mixed", "servers.b.odd"],
            CeresTree.Nodes(tree).Select(n => n.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Path.Combine(tree, "servers/a/load"), CeresTree.FolderOf(tree, "servers.a.load"));
        Assert.StartsWith(tree + "/", CeresTree.FolderOf(tree, "../../etc.passwd") ?? tree + "/", StringComparison.Ordinal);
        Assert.Throws<CeresException>(() => CeresNode.Open(Path.Combine(tree, "servers/b/bad")));
        Assert.Throws<CeresException>(() => CeresNode.Open(Path.Combine(tree, "servers/nothing")));
        Assert.Equal(1, Assert.Single(CeresNode.Open(Path.Combine(tree, "servers/b/odd")).Slices).Count);
    }

    [Fact]
    public void Values_have_their_times_and_gaps_are_gaps()
    {
        using var folder = new TemporaryFolder();
        string tree = Make(folder);
        WhisperSeries load = CeresNode.Open(Path.Combine(tree, "servers/a/load")).Fetch(Hour - 1800, Hour - 1500);
        Assert.Equal((Hour - 1740, Hour - 1440, 60), (load.From, load.Until, load.Step));
        Assert.Equal([31, 32, 33, 34, 35], load.Values);
        CeresNode gap = CeresNode.Open(Path.Combine(tree, "servers/a/gap"));
        Assert.Equal(
            [((uint)Hour - 7200, 1), ((uint)Hour - 7080, 3), ((uint)Hour - 3600, 7), ((uint)Hour - 3540, 8)],
            gap.Points(0, Now).Select(p => (p.Timestamp, p.Value)));
        Assert.Equal(4, gap.Fetch(Hour - 7201, Hour).Values.Count(v => !double.IsNaN(v)));
        Assert.Equal(60, CeresNode.Open(Path.Combine(tree, "servers/b/empty")).Fetch(Hour, Hour + 600).Step);
    }

    [Fact]
    public void Later_slice_counts_from_its_beginning_and_steps_become_the_coarsest()
    {
        using var folder = new TemporaryFolder();
        CeresNode node = CeresNode.Open(Path.Combine(Make(folder), "servers/b/mixed"));
        WhisperSeries fine = node.Fetch(Hour - 1810, Hour - 1770);
        Assert.Equal([2, 2, 2, 2], fine.Values);
        Assert.Equal([1, 1, 2, 2], node.Fetch(Hour - 1830, Hour - 1790).Values);
        WhisperSeries coarse = node.Fetch(Hour - 4800, Hour - 2400);
        Assert.Equal(600, coarse.Step);
        Assert.Equal([100, 60, 60, 60], coarse.Values);
    }

    [Fact]
    public void Import_keeps_every_point_in_archives_made_for_it()
    {
        using var folder = new TemporaryFolder();
        string tree = Make(folder);
        CeresNode node = CeresNode.Open(Path.Combine(tree, "servers/b/mixed"));
        RetentionPolicy retentions = CeresImport.RetentionsOf(node, Now);
        Assert.Equal([10u, 600u], retentions.Select(a => a.SecondsPerPoint));
        string path = folder.File("new/mixed.wsp");
        Assert.Equal((138 + 180 + 180, 0), CeresImport.Run(node, path, retentions, node.Aggregation, 0.5, Now));
        WhisperSeries fine = WhisperFile.Fetch(path, Hour - 3601, Now, Now)!;
        Assert.Equal((10, 180 + (2 * 180)), (fine.Step, fine.Values.Where(v => !double.IsNaN(v)).Sum()));
        WhisperSeries coarse = WhisperFile.Fetch(path, Hour - 80_000, Now, Now)!;
        Assert.Equal(600, coarse.Step);
        Assert.Equal([100, 60, 60, 60, 120, 120, 120], coarse.Values.Where(v => !double.IsNaN(v)).TakeLast(7));
        Assert.Throws<WhisperStorageException>(() => CeresImport.Run(node, path, retentions, node.Aggregation, 0.5, Now));
        Assert.Equal(134, CeresImport.Run(node, folder.File("short.wsp"), RetentionPolicy.Parse("10s:2h"), node.Aggregation, 0.5, Now).TooOld);
    }

    [Fact]
    public void Archives_are_made_for_any_mixture_of_slices()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        int[] steps = [1, 7, 10, 60, 90, 600, 3600];
        for (int round = 0; round < 200; round++)
        {
            string path = folder.File($"n{round}");
            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, CeresNode.Marker), "{\"timeStep\": 60}");
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                int step = steps[random.Next(steps.Length)];
                long start = Now - random.Next(1, 500_000);
                File.WriteAllBytes(Path.Combine(path, $"{start - (start % step)}@{step}.slice"), new byte[8 * random.Next(1, 50)]);
            }

            CeresNode node = CeresNode.Open(path);
            (int _, int old) = CeresImport.Run(node, folder.File($"n{round}.wsp"), CeresImport.RetentionsOf(node, Now), node.Aggregation, 0, Now);
            Assert.Equal(0, old);
        }
    }

    private static string Make(TemporaryFolder folder)
    {
        string tree = folder.File("ceres");
        Directory.CreateDirectory(tree);
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Maker, tree, $"{Now}"]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return tree;
    }
}
