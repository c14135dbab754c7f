using System.Net;
using Kalmar.Rados.Configuration;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Configuration;

public sealed class DnsSrvResolverTests
{
    private const string Service = "_ceph-mon._tcp.example.com";

    [Fact]
    public async Task Resolve_records_come_with_addresses_in_order_of_priority()
    {
        await using FakeDnsServer server = MakeServer();
        IReadOnlyList<DnsSrvRecord> records = await ResolveAsync(server, Service);
        Assert.Equal([("mon3.example.com", 3300), ("mon2.example.com", 3300), ("mon1.example.com", 6789)], records.Select(r => (r.Target, r.Port)));
        Assert.Equal([IPAddress.Parse("10.0.0.3"), IPAddress.Parse("2001:db8::3")], records[0].Addresses);
        Assert.Equal([IPAddress.Parse("10.0.0.2")], records[1].Addresses);
        Assert.Equal(0, server.AskedByTcp);
        Assert.Contains("mon1.example.com 28", server.Asked);
        Assert.DoesNotContain("mon3.example.com 1", server.Asked);
    }

    [Fact]
    public async Task Resolve_an_answer_that_does_not_fit_is_asked_for_by_TCP()
    {
        await using FakeDnsServer server = MakeServer();
        server.Truncate = true;
        Assert.Equal(3, (await ResolveAsync(server, Service)).Count);
        Assert.InRange(server.AskedByTcp, 1, 20);
    }

    [Fact]
    public async Task Resolve_garbage_and_forged_answers_are_passed_over()
    {
        await using FakeDnsServer server = MakeServer();
        server.Disturb = true;
        Assert.Equal(3, (await ResolveAsync(server, Service)).Count);
    }

    [Fact]
    public async Task Resolve_a_name_without_domain_is_tried_in_the_search_domains()
    {
        await using FakeDnsServer server = MakeServer();
        Assert.Equal(3, (await ResolveAsync(server, "_ceph-mon._tcp")).Count);
        Assert.Equal(["_ceph-mon._tcp.none.example 33", $"{Service} 33"], server.Asked.Take(2));
    }

    [Fact]
    public async Task Resolve_a_name_that_does_not_exist_is_empty()
    {
        await using FakeDnsServer server = MakeServer();
        Assert.Empty(await ResolveAsync(server, "_ceph-mon._tcp.other.example"));
    }

    [Fact]
    public async Task Resolve_a_server_that_fails_is_named()
    {
        await using FakeDnsServer server = MakeServer();
        server.Failure = 2;
        CephConfigurationException e = await Assert.ThrowsAsync<CephConfigurationException>(() => ResolveAsync(server, Service));
        Assert.Contains(server.EndPoint.ToString(), e.Message, StringComparison.Ordinal);
        Assert.Contains("code 2", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task Resolve_the_second_server_is_asked_when_the_first_is_dead()
    {
        await using FakeDnsServer server = MakeServer();
        var dead = new IPEndPoint(IPAddress.Loopback, FreePorts.Take());
        var resolver = new DnsSrvResolver(Conf(server) with { Servers = [dead, server.EndPoint] }, TimeProvider.System);
        Assert.Equal(3, (await resolver.ResolveAsync(Service, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Connect_options_without_mon_host_take_the_monitors_from_DNS()
    {
        await using FakeDnsServer server = MakeServer();
        using var folder = new TemporaryFolder();
        string conf = folder.File("ceph.conf");
        string ca = Kalmar.Wire.Auth.CephKey.Generate(Kalmar.Wire.Auth.CephKeyType.Aes128, TimeProvider.System).ToBase64();
        await File.WriteAllTextAsync(conf, $"[global]\nkey = {ca}\nmon dns srv name = ceph-mon_example.com\n", TestContext.Current.CancellationToken);
        CephConnectOptions options = await CephConnectOptions.ResolveAsync(
            new CephConnectArguments { ConfPath = conf, Dns = Conf(server) }, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(["v2:10.0.0.3:3300/0", "v2:[2001:db8::3]:3300/0", "v2:10.0.0.2:3300/0"], options.Monitors.Select(m => m.ToString()));
        Assert.Equal(["v1:10.0.0.1:6789/0"], options.UnusableMonitors.Select((EntityAddressVector m) => m.ToString()));
    }

    [Fact]
    public void Parse_every_truncation_and_alteration_gives_a_message_or_a_FormatException()
    {
        byte[] message =
        [
            0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0, .. FakeDnsServer.Name(Service), 0, 33, 0, 1,
            .. FakeDnsServer.Srv(1, 2, 3300, "mon1.example.com"), .. FakeDnsServer.Address("mon1.example.com", "10.0.0.1"),
        ];
        Assert.Equal(2, DnsMessage.Parse(message).Records.Count);
        for (int length = 0; length < message.Length; length++)
        {
            Assert.Throws<FormatException>(() => DnsMessage.Parse(message.AsSpan(0, length)));
        }

        var random = new Random(3);
        int broken = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] altered = [.. message];
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                altered[random.Next(altered.Length)] = (byte)random.Next(256);
            }

            try
            {
                DnsMessage.Parse(altered);
            }
            catch (FormatException)
            {
                broken++;
            }
        }

        Assert.InRange(broken, 1, 1999);
    }

    [Fact]
    public void Parse_a_name_that_points_at_itself_ends() =>
        Assert.Throws<FormatException>(() => DnsMessage.Parse([0, 1, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 33, 0, 1]));

    [Fact]
    public void ResolvConf_is_read_as_the_C_library_reads_it()
    {
        ResolvConf conf = ResolvConf.Parse("""
            # comment
            nameserver 10.0.0.53
            nameserver fe80::1%1
            nameserver nonsense
            domain a.example
            search b.example c.example
            options ndots:5 timeout:2 attempts:3 edns0

            """);
        Assert.Equal(["10.0.0.53:53", "[fe80::1%1]:53"], conf.Servers.Select(s => s.ToString()));
        Assert.Equal(["b.example", "c.example"], conf.SearchDomains);
        Assert.Equal(TimeSpan.FromSeconds(2), conf.Timeout);
        Assert.Equal(3, conf.Attempts);
        Assert.Equal("127.0.0.1:53", Assert.Single(ResolvConf.Parse("").Servers).ToString());
        Assert.Equal("127.0.0.1:53", Assert.Single(ResolvConf.Load("/nowhere/resolv.conf").Servers).ToString());
    }

    private static FakeDnsServer MakeServer()
    {
        var server = new FakeDnsServer();
        server.Answers[$"{Service} 33"] =
        [
            FakeDnsServer.Srv(20, 0, 6789, "mon1.example.com"),
            FakeDnsServer.Srv(10, 5, 3300, "mon2.example.com"),
            FakeDnsServer.Srv(10, 9, 3300, "mon3.example.com"),
            FakeDnsServer.Address("mon3.example.com", "10.0.0.3"),
            FakeDnsServer.Address("mon3.example.com", "2001:db8::3"),
        ];
        server.Answers["mon1.example.com 1"] = [FakeDnsServer.Address("mon1.example.com", "10.0.0.1")];
        server.Answers["mon2.example.com 1"] = [FakeDnsServer.Address("mon2.example.com", "10.0.0.2")];
        return server;
    }

    private static ResolvConf Conf(FakeDnsServer server) => new()
    {
        Servers = [server.EndPoint],
        SearchDomains = ["none.example", "example.com"],
        Timeout = TimeSpan.FromSeconds(20),
    };

    private static Task<IReadOnlyList<DnsSrvRecord>> ResolveAsync(FakeDnsServer server, string name) =>
        new DnsSrvResolver(Conf(server), TimeProvider.System).ResolveAsync(name, TestContext.Current.CancellationToken);
}
