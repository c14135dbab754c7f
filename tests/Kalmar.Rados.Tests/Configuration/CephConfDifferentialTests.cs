using System.Text;
using Kalmar.Rados.Configuration;
using Kalmar.Sandbox.Tools;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Configuration;

/// <summary>What the real ceph-conf reads from a file, we read too. What it refuses we may read, where that is meant.</summary>
public sealed class CephConfDifferentialTests
{
    private const int Pid = 4242;

    /// <summary>File, entity, option.</summary>
    public static TheoryData<string, string, string> Files => new()
    {
        { "[global]\nfoo = bar\n", "client.admin", "foo" },
        { "[global]\nfoo=bar\n", "client.admin", "foo" },
        { "[global]\n\tfoo\t=\t1\t2\t\n", "client.admin", "foo" },
        { "\n[global]\n  foo=1\n", "client.admin", "foo" },
        { "; c\n# d\n[global]\n# e\n\n   ; f\nfoo=1\n", "client.admin", "foo" },
        { "[global]\nfoo = bar ; c\n", "client.admin", "foo" },
        { "[global]\nfoo = bar;c\n", "client.admin", "foo" },
        { "[global]\nfoo = bar#c\n", "client.admin", "foo" },
        { "[global]\nfoo = bar\\;c\\#d\n", "client.admin", "foo" },
        { "[global]\nfoo = bar\\\\c\n", "client.admin", "foo" },
        { "[global]\nfoo = \\\"a\\\"\n", "client.admin", "foo" },
        { "[global]\nfoo = 'bar x'\n", "client.admin", "foo" },
        { "[global]\nfoo = \"bar\" ; baz\n", "client.admin", "foo" },
        { "[global]\nfoo = \"bar\"# baz\n", "client.admin", "foo" },
        { "[global]\nfoo = a \"b c\" d\n", "client.admin", "foo" },
        { "[global]\nfoo=a\"b;c\"d\n", "client.admin", "foo" },
        { "[global]\nfoo=\"a\\\"b\"\n", "client.admin", "foo" },
        { "[global]\nfoo='a\\'b'\n", "client.admin", "foo" },
        { "[global]\nfoo='a\"b'\n", "client.admin", "foo" },
        { "[global]\nfoo=\"\"\n", "client.admin", "foo" },
        { "[global]\nfoo=\"  a  \"\n", "client.admin", "foo" },
        { "[global]\nfoo=\" a \\; b\"\n", "client.admin", "foo" },
        { "[global]\nfoo=\n", "client.admin", "foo" },
        { "[global]\nfoo= ; nothing\n", "client.admin", "foo" },
        { "[global]\nfoo=a=b\n", "client.admin", "foo" },
        { "[global]\nfoo=[v2:1.2.3.4:3300/0]\n", "client.admin", "foo" },
        { "[global]\nfoo = bar\\\nbaz\n", "client.admin", "foo" },
        { "[global]\nfoo = bar \\\n  baz\n", "client.admin", "foo" },
        { "[global]\nfoo=a\\\n\n", "client.admin", "foo" },
        { "[global]\nfoo=a \\\n; b\nbar=1\n", "client.admin", "foo" },
        { "[global]\nfoo=a\\  \n", "client.admin", "foo" },
        { "[global]\n; comment \\\nfoo=1\nbar=2\n", "client.admin", "foo" },
        { "[global]\r\nfoo=1\r\n", "client.admin", "foo" },
        { "[global] ; c\nfoo=1\n", "client.admin", "foo" },
        { "[global]#c\nfoo=1\n", "client.admin", "foo" },
        { "[global]\nfoo_bar = 1\n", "client.admin", "foo bar" },
        { "[global]\nfoo   bar = 1\n", "client.admin", "foo_bar" },
        { "[global]\nfoo bar\tbaz=1\n", "client.admin", "foo_bar_baz" },
        { "[global]\nfoo_ bar=1\n", "client.admin", "foo__bar" },
        { "[global]\nFoo = 1\n", "client.admin", "foo" },
        { "[global]\nfoo=1\nfoo=2\n", "client.admin", "foo" },
        { "[global]\nfoo=1\n[osd]\n[global]\nfoo=2\n", "client.admin", "foo" },
        { "[global]\nfoo=1\n[global]\nbar=2\n", "client.admin", "foo" },
        { "[global]\nfoo=1\n[client]\nfoo=2\n[client.admin]\nfoo=3\n", "client.admin", "foo" },
        { "[client.admin]\nfoo=3\n[client]\nfoo=2\n[global]\nfoo=1\n", "client.admin", "foo" },
        { "[client.admin]\nfoo=3\n[client]\nfoo=2\n[global]\nfoo=1\n", "client.other", "foo" },
        { "[client.admin]\nfoo=3\n[client]\nfoo=2\n[global]\nfoo=1\n", "osd.7", "foo" },
        { "[client.a.b]\nfoo=1\n", "client.a.b", "foo" },
        { "[client.a]\nfoo=1\n", "client.a.b", "foo" },
        { "[mds]\nfoo=1\n", "mds.x", "foo" },
        { "[osd]\nosd data = /o/$id\n[osd.3]\nosd data=/three/$cluster-$id\n", "osd.3", "osd_data" },
        { "[osd]\nosd data = /o/$id\n[osd.3]\nosd data=/three/$cluster-$id\n", "osd.4", "osd_data" },
        { "[global]\nlog file = /x/$name.$cluster.$type.$id.$host.$pid.$num.log\n", "osd.3", "log_file" },
        { "[global]\nlog file = /x/$name.$cluster.$type.$id.$num.log\n", "client.a.b", "log_file" },
        { "[global]\nlog file = /x/${name}/${cluster}log\n", "osd.3", "log_file" },
        { "[global]\nlog file = /x/$nameextra/$cluster-log/$$/$ x/\\$name/$NAME\n", "osd.3", "log_file" },
        { "[global]\nlog file=/$cluster1/$cluster_log/${cluster/${cluster}x/${}/$/${cluster }/$num/$cluster.log\n", "client.admin", "log_file" },
        { "[global]\nlog file=/$cluster2x/${name2}/$type$id/$$cluster/${type}${id}/${nope}/$\n", "client.admin", "log_file" },
        { "[global]\nlog file = $run_dir/x\nrun dir = /r/$cluster\n", "osd.3", "log_file" },
        { "[global]\nlog file = ${run_dir}/x\n[osd]\nrun dir = /r/$name\n", "osd.3", "log_file" },
        { "[global]\nlog file = $osd_data/$fsid/x\n", "osd.3", "log_file" },
        { "[global]\nfsid = 4c1a4f4e-0e5b-4f0c-8d3b-6f6f8c9a2b10\nlog file = /$fsid\n", "client.admin", "log_file" },
        { "[global]\nkeyring = /k/$cluster.$name.keyring\n", "client.x", "keyring" },
        { "[client]\nadmin socket = $run_dir/$cluster-$name.$pid.asok\n", "client.x", "admin_socket" },
        { "", "client.admin", "foo" },
        { "# only a comment", "client.admin", "foo" },
        { "\n\n# x\n", "client.admin", "foo" },

        // What 16.2 refuses.
        { "foo = bar\n[global]\nx=1\n", "client.admin", "foo" },
        { "[global]\nfoo\n", "client.admin", "foo" },
        { "[global\nfoo=1\n", "client.admin", "foo" },
        { "[global] trailing\nfoo=1\n", "client.admin", "foo" },
        { "[global]\nfoo = \"bar\" baz\n", "client.admin", "foo" },
        { "[global]\nfoo = \"unterminated\n", "client.admin", "foo" },
        { "[global]\nfoo=\"a\nb\"\n", "client.admin", "foo" },
        { "[global]\n= 3\n", "client.admin", "foo" },
        { "[]\nfoo=1\n", "client.admin", "foo" },
        { "[client\n.admin]\nfoo=1\n", "client.admin", "foo" },
        { "[global]\n[x]=1\n", "client.admin", "foo" },
        { "[global]\nfoo;bar=1\n", "client.admin", "foo" },
        { "[global]\nfoo[0]=1\n", "client.admin", "foo[0]" },
    };

    /// <summary>What 16.2 refuses or overlooks, and is taken here.</summary>
    public static TheoryData<string, string, string, string> Tolerated => new()
    {
        { "[global]\nfoo=bar", "client.admin", "foo", "bar" },
        { "[global]\nfoo=1\n   ", "client.admin", "foo", "1" },
        { "  [global]\nfoo=1\n", "client.admin", "foo", "1" },
        { "[ global ]\nfoo=1\n", "client.admin", "foo", "1" },
        { " \n[global]\nfoo=1\n", "client.admin", "foo", "1" },
        { "\uFEFF[global]\nfoo=1\n", "client.admin", "foo", "1" },
        { "[global]\nfoo=é – 鱿鱼\n", "client.admin", "foo", "é – 鱿鱼" },
        { "[global]\nfoo = \"bar;c # d\"\n", "client.admin", "foo", "bar;c # d" },
        { "[global]\nfoo=\"bar \\\n  baz\"\n", "client.admin", "foo", "bar   baz" },
        { "[global]\nfoo-bar = 1\n", "client.admin", "foo_bar", "1" },
        { "[global]\nfoo-bar = 2\nfoo_bar = 1\n", "client.admin", "foo-bar", "1" },
        { "[client]\nfoo-bar = 2\n[global]\nfoo bar = 1\n", "client.admin", "foo bar", "1" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task FindSet_gives_what_ceph_conf_gives(string text, string name, string option)
    {
        using var folder = new TemporaryFolder();
        await CompareAsync(folder, text, name, option, mustRefuse: true);
    }

    [Theory]
    [MemberData(nameof(Tolerated))]
    public void FindSet_takes_more_than_ceph_conf(string text, string name, string option, string expected) =>
        Assert.Equal(expected, Open(text, name).FindSet(option));

    /// <summary>Files put together from pieces that matter, by a fixed seed.</summary>
    [Fact]
    public async Task FindSet_gives_what_ceph_conf_gives_for_generated_files()
    {
        string[] pieces =
        [
            "foo", "=", " ", "\n", "\n", "\nfoo=", "\nfoo = ", "\\", "\\\n", "\"", "'", ";", "#", "a", "b c", "[", "]", "\n[client]\n", "\t",
            "\nbar = 1", "$", "{", "}", "$name", "${id}", ",", "\\;", "\\\"", "\r\n",
        ];
        using var folder = new TemporaryFolder();
        var random = new Random(20_261_121);
        int accepted = 0;
        for (int i = 0; i < 60; i++)
        {
            var text = new StringBuilder("[global]\nfoo=x");
            for (int n = random.Next(1, 12); n > 0; n--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }

            accepted += await CompareAsync(folder, text.Append('\n').ToString(), "client.admin", "foo", mustRefuse: false) ? 1 : 0;
        }

        Assert.InRange(accepted, 15, 60);
    }

    [Theory]
    [InlineData("client.admin")]
    [InlineData("osd.3")]
    [InlineData("mgr.x")]
    public async Task Find_options_that_are_not_set_give_the_defaults_of_ceph(string name)
    {
        string[] options =
        [
            "keyring", "admin socket", "log_file", "run_dir", "osd_data", "mon-data", "mds_data", "mgr_data", "mon_dns_srv_name", "mon_host",
            "ms_client_mode", "ms_mon_client_mode", "ms_cluster_mode", "ms_mon_cluster_mode", "ms_service_mode", "ms_mon_service_mode",
            "auth_client_required", "auth_cluster_required", "auth_service_required", "auth_supported", "rados_mon_op_timeout", "fsid", "keyfile",
        ];
        using var folder = new TemporaryFolder();
        string path = folder.File("west.conf");
        await File.WriteAllTextAsync(path, "[global]\n", TestContext.Current.CancellationToken);
        string dump = await RealTool.RunAsync("ceph-conf", "-c", path, "--name", name, "--dump-all");
        Dictionary<string, string> theirs = new(StringComparer.Ordinal);
        foreach (string line in dump.Split('\n').Where(l => l.Contains(" = ", StringComparison.Ordinal)))
        {
            string[] parts = line.Split(" = ", 2);
            theirs[parts[0]] = parts[1];
        }

        CephConfiguration ours = Open("[global]\n", name);
        Assert.All(options, option => Assert.Equal(theirs[option.Replace(' ', '_').Replace('-', '_')], ours.Find(option)));
    }

    private static CephConfiguration Open(string text, string name) => new(
        CephConfFile.Parse(text, "west.conf"), "west", EntityName.Parse(name), null, CephEnvironment.Current with { ProcessId = Pid });

    /// <returns>Whether ceph-conf took the file.</returns>
    private static async Task<bool> CompareAsync(TemporaryFolder folder, string text, string name, string option, bool mustRefuse)
    {
        string path = folder.File("west.conf");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        ToolResult theirs = await RealTool.TryRunAsync("ceph-conf", ["-c", path, "--name", name, "--pid", "4242", "--lookup", option]);
        if (theirs.Error.Contains("parse error", StringComparison.Ordinal))
        {
            if (mustRefuse)
            {
                CephConfigurationException e = Assert.Throws<CephConfigurationException>(() => Open(text, name));
                Assert.Matches(@"^west\.conf:\d+: ", e.Message);
                Assert.DoesNotContain('\n', e.Message);
            }

            return false;
        }

        Assert.True(theirs.ExitCode is 0 or 1, $"ceph-conf: {theirs.ExitCode}: {theirs.Error}");
        string? ours = Open(text, name).FindSet(option);
        string? expected = theirs.ExitCode == 0 ? theirs.Output[..^1] : null;
        Assert.True(string.Equals(expected, ours, StringComparison.Ordinal), $"ceph-conf gives '{expected}', we give '{ours}' for:\n{text}");
        return true;
    }
}
