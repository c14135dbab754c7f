using Kalmar.Rados.Configuration;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Configuration;

public sealed class CephConfFileTests
{
    [Theory]
    [InlineData("[global]\nfoo\n", 2, "'=' expected")]
    [InlineData("\n\nfoo = 1\n", 3, "[global]")]
    [InlineData("[global]\n\n\n[osd\n", 4, "']' expected")]
    [InlineData("[global]\na=b\\\nc\nfoo=\"x\n", 4, "quote")]
    [InlineData("[global]\nfoo='a' b\n", 2, "unexpected text")]
    [InlineData("[global]\nfoo=a\\", 2, "backslash")]
    [InlineData("[global]\n =1\n", 2, "name")]
    [InlineData("[  ]\n", 1, "without a name")]
    public void Parse_broken_text_names_file_line_and_problem(string text, int line, string problem)
    {
        CephConfigurationException e = Assert.Throws<CephConfigurationException>(() => CephConfFile.Parse(text, "/etc/ceph/x.conf"));
        Assert.StartsWith($"/etc/ceph/x.conf:{line}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.False(e.IsTransient);
    }

    [Fact]
    public void Load_text_that_is_not_UTF8_names_the_line()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("c.conf");
        File.WriteAllBytes(path, [.. "[global]\nfoo="u8, 0xff, 0xfe, .. "\n"u8]);
        Assert.StartsWith($"{path}:2: not UTF-8", Assert.Throws<CephConfigurationException>(() => CephConfFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_what_cannot_be_read_says_why()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<CephConfigurationException>(() => CephConfFile.Load(folder.File("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<CephConfigurationException>(() => CephConfFile.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_a_file_that_is_far_too_long_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("c.conf");
        using (FileStream stream = File.Create(path))
        {
            stream.SetLength(CephConfFile.MaximumLength + 1);
        }

        Assert.Contains("too many", Assert.Throws<CephConfigurationException>(() => CephConfFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_keep_their_order_and_lines()
    {
        CephConfFile file = CephConfFile.Parse("[global]\na=1\n# x\nb=2\\\n2\nc=3\n[osd]\na=4\n[global]\nd=5\n", "x");
        Assert.Equal(["global", "osd"], file.Sections.Select(s => s.Name));
        Assert.Equal([("a", 2), ("b", 4), ("c", 6), ("d", 10)], file.Find("global")!.Settings.Select(s => (s.Option, s.Line)));
        Assert.Equal("22", file.Find("global")!.Find("b")!.Value);
        Assert.Null(file.Find("mon"));
    }

    [Fact]
    public void Find_an_option_that_refers_to_itself_says_so()
    {
        var conf = new CephConfiguration(
            CephConfFile.Parse("[global]\nlog file = $run_dir/x\nrun dir = $log_file/y\n", "c.conf"), "ceph", EntityName.Parse("osd.1"));
        CephConfigurationException e = Assert.Throws<CephConfigurationException>(() => conf.Find("log file"));
        Assert.Contains("c.conf:2", e.Message, StringComparison.Ordinal);
        Assert.Contains("log_file → run_dir → log_file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Origin_says_where_a_value_comes_from()
    {
        var conf = new CephConfiguration(
            CephConfFile.Parse("[osd]\nlog file = x\n", "c.conf"),
            "ceph",
            EntityName.Parse("osd.1"),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["mon-host"] = "1.2.3.4" });
        Assert.Equal("c.conf:2", conf.Origin("log-file"));
        Assert.Equal("command line or environment", conf.Origin("mon host"));
        Assert.Equal("default", conf.Origin("keyring"));
        Assert.Equal("default", conf.For(EntityName.Parse("mon.a")).Origin("log_file"));
        Assert.Null(conf.FindSet("keyring"));
        Assert.Null(conf.Find("an option that nobody knows"));
    }

    [Fact]
    public void Host_is_cut_at_the_first_dot()
    {
        var conf = new CephConfiguration(
            CephConfFile.Parse("[global]\nfoo = $host/$home/$cctid\n", "c"),
            "ceph",
            EntityName.Parse("osd.1"),
            null,
            CephEnvironment.Current with { HostName = "node1.example.com", HomeFolder = "/h" });
        Assert.Matches("^node1//h/[0-9]+$", conf.Find("foo")!);
    }
}
