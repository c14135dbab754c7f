using System.Text;

namespace Kalmar.Collectors.Tests;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("op_w_latency", "op_w_latency")]
    [InlineData("bluestore-pricache:data", "bluestore-pricache:data")]
    [InlineData("AsyncMessenger::Worker-0", "AsyncMessenger::Worker-0")]
    [InlineData("ceph1.example.com", "ceph1_example_com")]
    [InlineData("../../etc/passwd", "______etc_passwd")]
    [InlineData("..", "__")]
    [InlineData("a b\tc\nd\0e", "a_b_c_d_e")]
    [InlineData("a*?[b]{c,d}(e)", "a___b__c_d__e_")]
    [InlineData("a;tag=b~c\\d'e\"f", "a_tag_b_c_d_e_f")]
    [InlineData("active+clean", "active_clean")]
    [InlineData("größe", "größe")]
    [InlineData("", "_")]
    public void Clean_text_makes_one_node(string text, string expected) => Assert.Equal(expected, MetricNames.Clean(text));

    [Fact]
    public void Clean_half_a_surrogate_pair_does_not_stay() => Assert.Equal("a_b", MetricNames.Clean("a\ud83db"));

    [Fact]
    public void Clean_giant_name_is_cut_to_what_a_file_name_can_be_and_stays_distinct()
    {
        string first = MetricNames.Clean(new string('ä', 100_000) + "1");
        string second = MetricNames.Clean(new string('ä', 100_000) + "2");
        Assert.InRange(Encoding.UTF8.GetByteCount(first), 200, MetricNames.MaxNodeBytes);
        Assert.NotEqual(first, second);
        Assert.Equal(first, MetricNames.Clean(new string('ä', 100_000) + "1"));
    }

    [Fact]
    public void Clean_any_text_never_leaves_its_node()
    {
        Random random = new(20260817);
        for (int round = 0; round < 2000; round++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(0, 400)).Select(_ => (char)random.Next(0, 0x10000))]);
            string node = MetricNames.Clean(text);
            Assert.NotEmpty(node);
            Assert.DoesNotContain('.', node);
            Assert.DoesNotContain('/', node);
            Assert.DoesNotContain('\n', node);
            Assert.DoesNotContain(' ', node);
            Assert.InRange(Encoding.UTF8.GetByteCount(node), 1, MetricNames.MaxNodeBytes);
        }
    }

    [Fact]
    public void HostBranch_has_prefix_host_and_suffix()
    {
        Assert.Equal("servers.ceph1", MetricNames.HostBranch("ceph1"));
        Assert.Equal("a.b.ceph1.rack1", MetricNames.HostBranch("ceph1", "a.b", "rack1"));
        Assert.Equal("servers.com.example.ceph1", MetricNames.HostBranch("com.example.ceph1"));
        Assert.Equal("servers", MetricNames.HostBranch(null));
        Assert.Equal("ceph1", MetricNames.HostBranch("ceph1", ""));
        Assert.Equal("servers._etc.x", MetricNames.HostBranch("../etc.x"));
    }

    [Fact]
    public void ClusterBranch_is_below_ceph_cluster()
    {
        Assert.Equal("ceph.cluster.b17b3a9d-2227-4af1-81ab-74927e7cffcd", MetricNames.ClusterBranch("b17b3a9d-2227-4af1-81ab-74927e7cffcd"));
        Assert.Equal("ceph.cluster.my_cluster", MetricNames.ClusterBranch("my.cluster"));
        Assert.Equal("x.y.ceph", MetricNames.ClusterBranch("ceph", "x.y"));
    }

    [Theory]
    [InlineData(HostnameMethod.Smart, "ceph1")]
    [InlineData(HostnameMethod.Fqdn, "ceph1_example_com")]
    [InlineData(HostnameMethod.FqdnShort, "ceph1")]
    [InlineData(HostnameMethod.FqdnReversed, "com.example.ceph1")]
    [InlineData(HostnameMethod.UnameShort, "node")]
    [InlineData(HostnameMethod.UnameReversed, "local.node")]
    [InlineData(HostnameMethod.Hostname, "host_local")]
    [InlineData(HostnameMethod.HostnameShort, "host")]
    [InlineData(HostnameMethod.HostnameReversed, "local.host")]
    [InlineData(HostnameMethod.None, null)]
    public void ToNode_follows_diamonds_methods(HostnameMethod method, string? expected) =>
        Assert.Equal(expected, new HostIdentity("host.local", "ceph1.example.com", "node.local").ToNode(method));

    [Fact]
    public void ToNode_smart_does_not_call_a_host_localhost() =>
        Assert.Equal("ceph1", new HostIdentity("ceph1", "localhost.localdomain", "ceph1").ToNode(HostnameMethod.Smart));

    [Fact]
    public async Task DetectAsync_on_this_machine_finds_a_name()
    {
        HostIdentity identity = await HostIdentity.DetectAsync(TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal((await File.ReadAllTextAsync("/proc/sys/kernel/hostname", TestContext.Current.CancellationToken)).Trim(), identity.NodeName);
        Assert.NotEmpty(identity.ToNode(HostnameMethod.Smart)!);
    }
}
