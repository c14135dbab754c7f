using Kalmar.Cli.Configuration;
using Kalmar.Testing;

namespace Kalmar.Cli.Tests;

public sealed class ConfigurationTests
{
    private static readonly Dictionary<string, string> NoVariables = [];
    private static readonly Dictionary<string, string?> NoOptions = [];

    [Fact]
    public void Documentation_page_lists_every_key_with_its_default_and_meaning_and_no_other()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "configuration.md"));
        string[] rows = [.. page.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal))];
        string[] expected = [.. ConfigurationKeys.All.Select(k => $"| `{k.Name}` | {(k.Default.Length > 0 ? $"`{k.Default}`" : "–")} | {k.Meaning} |")];
        Assert.Equal(expected, rows);
    }

    [Fact]
    public void Defaults_are_valid()
    {
        KalmarOptions options = KalmarConfiguration.Load(null, NoOptions, NoVariables);
        Assert.Equal(["http://127.0.0.1:8420"], options.Listen);
        Assert.Equal(TimeSpan.FromSeconds(10), options.History.Interval);
        Assert.Equal("10s:2h,1m:2d,15m:60d", options.History.Retentions);
        Assert.Single(options.Clusters);
        Assert.False(options.AnonymousRead);
    }

    [Fact]
    public void Every_default_in_the_table_is_what_the_reader_uses()
    {
        Dictionary<string, string?> spelled = ConfigurationKeys.All
            .Where(k => k.Default.Length > 0 && !k.Name.Contains('*', StringComparison.Ordinal))
            .ToDictionary(k => k.Name, k => (string?)k.Default);
        KalmarOptions options = KalmarConfiguration.Load(null, spelled, NoVariables);
        KalmarOptions defaults = KalmarConfiguration.Load(null, NoOptions, NoVariables);
        Assert.Equal(defaults.History, options.History);
        Assert.Equal(defaults.Poll, options.Poll);
        Assert.Equal(defaults.Log, options.Log);
    }

    [Fact]
    public void Later_sources_win()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "listen": "http://127.0.0.1:1", "history": { "interval": "20s", "counters": "all" } }""");
            var variables = new Dictionary<string, string> { ["KALMAR_LISTEN"] = "http://127.0.0.1:2", ["KALMAR_HISTORY__INTERVAL"] = "30s", ["PATH"] = "/bin" };
            var commandLine = new Dictionary<string, string?> { ["listen"] = "http://127.0.0.1:3" };
            KalmarOptions options = KalmarConfiguration.Load(file, commandLine, variables);
            Assert.Equal(["http://127.0.0.1:3"], options.Listen);
            Assert.Equal(TimeSpan.FromSeconds(30), options.History.Interval);
            Assert.True(options.History.AllCounters);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Carbon_is_off_unless_told_and_its_mistakes_are_told_with_their_keys()
    {
        Assert.Null(KalmarConfiguration.Load(null, NoOptions, NoVariables).Carbon);
        var on = new Dictionary<string, string?> { ["carbon:enabled"] = "true", ["carbon:pickle"] = "off", ["carbon:udp"] = "[::1]:2003", ["carbon:remoteWrite"] = "http://a:9090/w, https://b/w" };
        CarbonSettings carbon = KalmarConfiguration.Load(null, on, NoVariables).Carbon!;
        Assert.Equal("127.0.0.1:2003 [::1]:2003 127.0.0.1:7002", $"{carbon.Line} {carbon.Udp} {carbon.Query}");
        Assert.Null(carbon.Pickle);
        Assert.Equal(["http://a:9090/w", "https://b/w"], carbon.RemoteWrite.Select(r => r.ToString()));
        var wrong = new Dictionary<string, string?>
        {
            ["carbon:enabled"] = "true",
            ["history:enabled"] = "false",
            ["carbon:line"] = "2003",
            ["carbon:udp"] = "127.0.0.1",
            ["carbon:rules"] = "/nowhere",
            ["carbon:certificate"] = "/nowhere.pem",
            ["carbon:maxConnections"] = "0",
            ["carbon:idleTimeout"] = "long",
            ["carbon:journal"] = "1",
            ["carbon:remoteWrite"] = "http://me:secret@[",
            ["history:ceres"] = "/nowhere",
            ["carbon:lines"] = "127.0.0.1:2003",
        };
        CommandException e = Assert.Throws<CommandException>(() => KalmarConfiguration.Load(null, wrong, NoVariables));
        Assert.All(wrong.Keys.Except(["history:enabled"]), k => Assert.Contains(k + ": ", e.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_each_with_its_key()
    {
        var wrong = new Dictionary<string, string?>
        {
            ["listen"] = "8420",
            ["poll:status"] = "soon",
            ["history:counters"] = "some",
            ["history:maxCachedPoints"] = "-1",
            ["clusters:0:name"] = "admin",
            ["clusters:0:conf"] = "/nowhere/ceph.conf",
            ["clusters:1:fsid"] = "x",
            ["histroy:interval"] = "10s",
            ["web:anonymousRead"] = "yes",
            ["log"] = "3",
        };
        CommandException e = Assert.Throws<CommandException>(() => KalmarConfiguration.Load(null, wrong, NoVariables));
        Assert.Equal(ExitCode.Configuration, e.ExitCode);
        Assert.StartsWith("the configuration has 10 mistakes: ", e.Message, StringComparison.Ordinal);
        Assert.All(wrong.Keys, key => Assert.Contains(key, e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Broken_file_is_named()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "{ \"listen\": ");
            CommandException e = Assert.Throws<CommandException>(() => KalmarConfiguration.Load(file, NoOptions, NoVariables));
            Assert.Equal(ExitCode.Configuration, e.ExitCode);
            Assert.Contains(file, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Missing_named_file_is_an_error() =>
        Assert.Contains("/nowhere/kalmar.json", Assert.Throws<CommandException>(() => KalmarConfiguration.Load("/nowhere/kalmar.json", NoOptions, NoVariables)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("7", 7)]
    public void Duration_takes_one_unit(string text, int seconds)
    {
        Assert.True(Duration.TryParse(text, out TimeSpan value));
        Assert.Equal(seconds, value.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("1w")]
    [InlineData("99999999999s")]
    public void Duration_refuses_what_is_none(string text) => Assert.False(Duration.TryParse(text, out _));
}
