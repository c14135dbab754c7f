using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Tests.Sources;

public sealed class MetricIndexTests
{
    private static readonly string[] s_names = ["a.b.c", "a.b.d", "a.bb.c", "a.x1.y", "a.x2.y", "a.b.c.deep", "z", "t;host=1"];

    [Theory]
    [InlineData("a.b.c", "a.b.c!,a.b.c")]
    [InlineData("a.*", "a.b,a.bb,a.x1,a.x2")]
    [InlineData("a.b*", "a.b,a.bb")]
    [InlineData("a.{b,bb}.c", "a.b.c!,a.b.c,a.bb.c!")]
    [InlineData("a.x[0-1].y", "a.x1.y!")]
    [InlineData("a.x[!1].y", "a.x2.y!")]
    [InlineData("a.x?.y", "a.x1.y!,a.x2.y!")]
    [InlineData("**.y", "a.x1.y!,a.x2.y!")]
    [InlineData("*", "a,z!")]
    [InlineData("a.**.c", "a.b.c!,a.b.c,a.bb.c!")]
    [InlineData("t;host=1", "t;host=1!")]
    [InlineData("nothing.*", "")]
    [InlineData("a..c", "")]
    [InlineData("../../etc/*", "")]
    public void Pattern_finds(string pattern, string expected)
    {
        using var index = new MetricIndex();
        foreach (var name in s_names) Assert.True(index.Add(name));
        List<MetricNode> nodes = [];
        index.Find(pattern, leavesOnly: false, 100, nodes);
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), nodes.Select(n => n.Path + (n.IsLeaf ? "!" : "")).Order());
    }

    [Fact]
    public void Removed_metric_is_gone_with_its_empty_folders()
    {
        using var index = new MetricIndex();
        foreach (var name in s_names) index.Add(name);
        Assert.True(index.Remove("a.x1.y"));
        Assert.False(index.Remove("a.x1.y"));
        List<MetricNode> nodes = [];
        index.Find("a.x*", leavesOnly: false, 100, nodes);
        Assert.Equal(["a.x2"], nodes.Select(n => n.Path));
        Assert.Equal(s_names.Length - 1, index.Count);
    }

    [Fact]
    public void Too_many_matches_are_refused()
    {
        using var index = new MetricIndex();
        for (var i = 0; i < 100; i++) index.Add($"m.n{i}");
        Assert.Equal(422, Assert.Throws<GraphiteException>(() => index.Find("m.*", true, 50, [])).Status);
        Assert.Equal(422, Assert.Throws<GraphiteException>(() => index.Find("{a,b,c}{a,b,c}{a,b,c}{a,b,c}{a,b,c}{a,b,c}{a,b,c}{a,b,c}{a,b,c}", true, 50, [])).Status);
    }

    [Fact]
    public void Random_changes_leave_what_a_list_says()
    {
        using var index = new MetricIndex();
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            // Few folders and many names in them: runs are split, filled and emptied.
            var name = $"f{random.Next(3)}.{(random.Next(4) == 0 ? "deep." : "")}m{random.Next(3_000)}";
            if (random.Next(3) == 0) Assert.Equal(expected.Remove(name), index.Remove(name));
            else Assert.Equal(expected.Add(name), index.Add(name));
        }

        List<string> names = [];
        index.CopyTo(names);
        Assert.Equal(expected, names.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Count, index.Count);
        foreach (var prefix in new[] { "f0.m1", "f1.m29", "f2.deep.m", "f1.x" })
        {
            List<MetricNode> found = [];
            index.Find(prefix + "*", leavesOnly: true, 100_000, found);
            Assert.Equal(expected.Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.LastIndexOf('.') < prefix.Length), found.Select(n => n.Path));
        }

        Assert.All(expected, n => Assert.True(index.Contains(n)));
    }

    [Fact]
    public void Many_globstars_cost_no_more_than_the_names_there_are()
    {
        using var index = new MetricIndex();
        for (var i = 0; i < 50; i++) index.Add(string.Join('.', Enumerable.Repeat("a", 60).Append($"leaf{i}")));
        List<MetricNode> found = [];
        index.Find(string.Join('.', Enumerable.Repeat("**", 30)) + ".leaf7", false, 100, found);
        Assert.Equal("leaf7", Assert.Single(found).Name);
        found.Clear();

        // Twenty of them among sixty folders: more ways to choose than could ever be walked.
        index.Find(string.Concat(Enumerable.Repeat("**.a.", 20)) + "leaf7", false, 100, found);
        Assert.Equal("leaf7", Assert.Single(found).Name);
        found.Clear();
        index.Find(string.Concat(Enumerable.Repeat("**.a.", 20)) + "none", false, 100, found);
        Assert.Empty(found);
    }

    [Fact]
    public void List_of_patterns_that_would_look_at_all_names_again_and_again_is_refused()
    {
        var root = new IndexNode(string.Empty);
        for (var i = 0; i < 100; i++) root.AddLeaf($"n{i}", part => part.ToString());
        string[] list = ["{" + string.Join(',', Enumerable.Range(0, 200).Select(i => $"*x{i}")) + "}"];
        new IndexSearch(list, false, 100, [], maxSteps: 20_000).Run(root);
        var error = Assert.Throws<GraphiteException>(() => new IndexSearch(list, false, 100, [], maxSteps: 19_999).Run(root));
        Assert.Equal(422, error.Status);
        Assert.Contains("narrower", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 400);
    }
}
