using System.Text;
using Kalmar.Rados;
using Kalmar.Server.Endpoints.Calamari.Cli;

namespace Kalmar.Server.Tests.Calamari;

/// <summary>Command lines of ceph become one JSON object each, whatever stands in them.</summary>
public sealed class CliTests
{
    private const string Descriptions = """
        {
          "cmd0": {"sig": ["osd","pool","create",{"name":"pool","type":"CephPoolname"},{"name":"pg_num","type":"CephInt","req":"false"},{"name":"pool_type","type":"CephChoices","strings":"replicated|erasure","req":"false"}], "module":"osd","perm":"rw","flags":0},
          "cmd1": {"sig": ["osd","pool","delete",{"name":"pool","type":"CephPoolname"},{"name":"pool2","type":"CephPoolname","req":"false"},{"name":"yes_i_really_really_mean_it","type":"CephBool","req":"false"}], "module":"osd","perm":"rw","flags":0},
          "cmd2": {"sig": ["pg","dump",{"name":"dumpcontents","type":"CephChoices","strings":"all|pgs|osds","n":"N","req":"false"}], "module":"pg","perm":"r","flags":8},
          "cmd3": {"sig": ["auth","get",{"name":"entity","type":"CephString"}], "module":"auth","perm":"rx","flags":0}
        }
        """;

    [Theory]
    [InlineData("osd pool ls", "osd|pool|ls")]
    [InlineData("  osd   'a b'\t\"c\\\"d\" ", "osd|a b|c\"d")]
    [InlineData("a\\ b ''", "a b|")]
    [InlineData("x;reboot $(id) `id` | tee", "x;reboot|$(id)|`id`|||tee")]
    public void Line_splits_into_words_and_nothing_else_happens(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', CliWords.Split(line)!));

    [Fact]
    public void Open_quote_is_no_line() => Assert.Null(CliWords.Split("osd 'pool"));

    [Theory]
    [InlineData("osd pool create x 8", """{"prefix":"osd pool create","format":"plain","pool":"x","pg_num":8}""")]
    [InlineData("osd pool create x erasure", """{"prefix":"osd pool create","format":"plain","pool":"x","pool_type":"erasure"}""")]
    [InlineData("osd pool create x --pool_type=erasure", """{"prefix":"osd pool create","format":"plain","pool_type":"erasure","pool":"x"}""")]
    [InlineData("osd pool delete x x --yes-i-really-really-mean-it", """{"prefix":"osd pool delete","format":"plain","yes_i_really_really_mean_it":true,"pool":"x","pool2":"x"}""")]
    [InlineData("pg dump pgs osds", """{"prefix":"pg dump","format":"plain","dumpcontents":["pgs","osds"]}""")]
    public void Words_become_the_command_that_the_cluster_describes(string line, string expected)
    {
        (CliSignature? signature, CephCommand? command, string problem) = Parse().Match(CliWords.Split(line)!, "plain");
        Assert.True(signature is not null, problem);
        Assert.Equal(expected, command!.ToJson());
    }

    [Theory]
    [InlineData("osd fly", "no such command")]
    [InlineData("osd pool create", "pool is missing")]
    [InlineData("osd pool create x 8 replicated more", "one word too many")]
    [InlineData("osd pool create x --colour red", "unknown option")]
    public void Words_that_fit_no_command_are_refused_with_the_reason(string line, string says)
    {
        (CliSignature? signature, _, string problem) = Parse().Match(CliWords.Split(line)!, "plain");
        Assert.Null(signature);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Signature_tells_who_runs_it_and_who_may()
    {
        (CliSignature? dump, _, _) = Parse().Match(["pg", "dump"], "plain");
        Assert.True(dump!.IsForManager);
        Assert.True(dump.IsRead);
        (CliSignature? auth, _, _) = Parse().Match(["auth", "get", "client.admin"], "plain");
        Assert.True(auth!.IsSensitive);
        Assert.False(auth.IsRead);
    }

    private static CliSignatures Parse() => CliSignatures.Parse(Encoding.UTF8.GetBytes(Descriptions));
}
