using Kalmar.Rados.Configuration;
using Kalmar.Sandbox.Tools;
using Kalmar.Testing;

namespace Kalmar.Rados.Tests.Configuration;

public sealed class MonHostTests
{
    /// <summary>Spellings that the real monmaptool understands too.</summary>
    public static TheoryData<string> Spellings =>
    [
        "[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]",
        "10.0.0.1",
        "10.0.0.1:6789",
        "10.0.0.1:3300",
        "10.0.0.1:4000",
        "10.0.0.1,10.0.0.2",
        "10.0.0.1 10.0.0.2",
        "10.0.0.1, 10.0.0.2",
        "10.0.0.1\\;10.0.0.2",
        ",10.0.0.1,,",
        "[::1]",
        "[::1]:6789",
        "[::1]:3300",
        "::1",
        "2001:db8::17",
        "v2:10.0.0.1:3300",
        "v2:10.0.0.1:3300/0",
        "v1:10.0.0.1:6789",
        "any:10.0.0.1",
        "10.0.0.1:3300/0",
        "10.0.0.1:0",
        "v2:[::1]:3300",
        "[v2:[::1]:3300/0,v1:[::1]:6789/0]",
        "[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0],[v2:10.0.0.2:3300/0,v1:10.0.0.2:6789/0]",
        "[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0] [v2:10.0.0.2:3300/0,v1:10.0.0.2:6789/0]",
        "[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0], 10.0.0.2 [::3]:6789",
        "v2:10.0.0.1:3300,v1:10.0.0.2:6789",
        "[10.0.0.1:3300]",
        "[v2:10.0.0.1:3300]",
        "localhost:3300",
        "localhost",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Resolve_gives_what_monmaptool_gives(string spelling)
    {
        using var folder = new TemporaryFolder();
        string conf = folder.File("ceph.conf");
        string map = folder.File("map");
        await File.WriteAllTextAsync(conf, $"[global]\nmon host = {spelling}\n", TestContext.Current.CancellationToken);
        ToolResult made = await RealTool.TryRunAsync("monmaptool", ["-c", conf, "--create", "--generate", map]);
        Assert.True(made.ExitCode == 0, $"monmaptool: {made.Error}{made.Output}");
        string printed = await RealTool.RunAsync("monmaptool", "--print", map);

        // "0: [v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0] mon.noname-a"
        string[] theirs =
        [
            .. printed.Split('\n').Select(l => l.Split(' ')).Where(w => w.Length == 3 && w[2].StartsWith("mon.", StringComparison.Ordinal))
                .Select(w => w[1]).Order(StringComparer.Ordinal),
        ];
        Assert.NotEmpty(theirs);

        CephConfiguration configuration = CephConnectOptions.LoadConfiguration(new CephConnectArguments { ConfPath = conf });
        var resolver = new MonHostResolver(configuration, new DnsSrvResolver(new ResolvConf(), TimeProvider.System));
        string[] ours = [.. (await resolver.ResolveAsync(TestContext.Current.CancellationToken)).Select(a => a.ToString()).Order(StringComparer.Ordinal)];
        Assert.Equal(theirs, ours);
    }

    [Theory]
    [InlineData("v2:localhost:3300", "localhost", 3300)]
    [InlineData("mon-1.example.com", "mon-1.example.com", 0)]
    [InlineData("v2:mon1", "mon1", 0)]
    public void Parse_a_name_is_left_to_be_resolved(string text, string host, int port)
    {
        MonHostEntry entry = Assert.Single(MonHostParser.Parse(text, "x"));
        Assert.Equal(host, entry.HostName);
        Assert.Equal(port, entry.Port);
        Assert.Null(entry.Addresses);
    }

    [Theory]
    [InlineData("v2:10.0.0.1", "v2:10.0.0.1:3300/0")]
    [InlineData("[v2:10.0.0.1,v1:10.0.0.1]", "[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]")]
    [InlineData("[v2:10.0.0.1:3300/0 v1:10.0.0.1:6789/0]", "[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]")]
    public void Parse_ports_that_are_left_out_are_the_usual_ones(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(MonHostParser.Parse(text, "x")).Addresses!.ToString());

    [Theory]
    [InlineData("[v2:10.0.0.1:3300")]
    [InlineData("v2:10.0.0.1:3300]")]
    [InlineData("10.0.0.1:99999")]
    [InlineData("10.0.0.1:port")]
    [InlineData("10.0.0")]
    [InlineData("300.1.2.3")]
    [InlineData("[]")]
    [InlineData("[nonsense]")]
    [InlineData("[v2:name:3300]")]
    [InlineData("v2:")]
    [InlineData("host:name:12")]
    [InlineData("$mon_ip")]
    [InlineData("10.0.0.1/x")]
    public void Parse_nonsense_names_the_origin_and_the_part(string text)
    {
        CephConfigurationException e = Assert.Throws<CephConfigurationException>(() => MonHostParser.Parse(text, "/etc/ceph/ceph.conf:3"));
        Assert.StartsWith("/etc/ceph/ceph.conf:3: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(text, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Parse_random_text_gives_entries_or_a_clear_error()
    {
        const string Alphabet = "[]:,;/ v12any.0369-fx";
        var random = new Random(7);
        int understood = 0;
        for (int i = 0; i < 3000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                MonHostParser.Parse(text, "x");
                understood++;
            }
            catch (CephConfigurationException e)
            {
                Assert.StartsWith("x: ", e.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(understood, 1, 2999);
    }
}
