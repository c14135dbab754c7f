using Kalmar.Rados.Configuration;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Tests.Configuration;

public sealed class CephConnectOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly CephKey _key = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System);

    public CephConnectOptionsTests()
    {
        foreach (string name in (string[])["etc/ceph", "home/.ceph", "cwd"])
        {
            Directory.CreateDirectory(_folder.File(name));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resolve_everything_from_files_as_usual()
    {
        string keyring = Write("k", $"[client.admin]\n\tkey = {_key.ToBase64()}\n");
        Write("etc/ceph/ceph.conf", $"""
            [global]
            fsid = 4c1a4f4e-0e5b-4f0c-8d3b-6f6f8c9a2b10
            mon_host = [v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0] 10.0.0.2:6789
            keyring = {keyring}
            rados mon op timeout = 30

            """);
        CephConnectOptions options = await ResolveAsync(new());
        Assert.Equal("ceph", options.ClusterName);
        Assert.Equal("client.admin", options.Name.ToString());
        Assert.Equal(_key, options.Key);
        Assert.Equal(["[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]"], options.Monitors.Select(m => m.ToString()));
        Assert.Equal(["v1:10.0.0.2:6789/0"], options.UnusableMonitors.Select(m => m.ToString()));
        Assert.Equal(Guid.Parse("4c1a4f4e-0e5b-4f0c-8d3b-6f6f8c9a2b10"), options.Fsid);
        Assert.Equal([AuthMethod.Cephx], options.AuthMethods);
        Assert.Equal([ConnectionMode.Secure, ConnectionMode.Crc], options.MonitorModes);
        Assert.Equal([ConnectionMode.Crc, ConnectionMode.Secure], options.ServiceModes);
        Assert.Equal(TimeSpan.FromSeconds(30), options.CommandTimeout);
        Assert.DoesNotContain(_key.ToBase64(), options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void LoadConfiguration_looks_where_ceph_looks_in_its_order()
    {
        Write("cwd/ceph.conf", "[global]\nwho = cwd\n");
        Assert.Equal("cwd", Load(new()).Find("who"));
        Write("home/.ceph/ceph.conf", "[global]\nwho = home\n");
        Assert.Equal("home", Load(new()).Find("who"));
        Write("etc/ceph/ceph.conf", "[global]\nwho = etc\n");
        Assert.Equal("etc", Load(new()).Find("who"));
        _variables["CEPH_ARGS"] = $"-c {Write("args.conf", "[global]\nwho = args\n")}";
        Assert.Equal("args", Load(new()).Find("who"));
        _variables.Clear();
        _variables["CEPH_CONF"] = Write("env.conf", "[global]\nwho = env\n");
        Assert.Equal("env", Load(new()).Find("who"));
        Assert.Equal("ceph", Load(new()).ClusterName);
        CephConfiguration given = Load(new() { ConfPath = $"{_folder.File("nope")},{Write("west.conf", "[global]\nwho = given\n")}" });
        Assert.Equal("given", given.Find("who"));
        Assert.Equal("west", given.ClusterName);
    }

    [Fact]
    public void LoadConfiguration_cluster_name_chooses_the_file()
    {
        Write("etc/ceph/ceph.conf", "[global]\nwho = ceph\n");
        Write("etc/ceph/east.conf", "[global]\nwho = $cluster\n");
        Assert.Equal("east", Load(new() { ClusterName = "east" }).Find("who"));
        _variables["CEPH_ARGS"] = "--cluster=east --id x --debug-ms 1 --mon-host 10.0.0.9";
        CephConfiguration conf = Load(new());
        Assert.Equal("east", conf.Find("who"));
        Assert.Equal("client.x", conf.Name.ToString());
        Assert.Equal("10.0.0.9", conf.Find("mon_host"));
        Assert.Equal("1", conf.Find("debug ms"));
    }

    [Fact]
    public async Task Resolve_arguments_count_before_environment_before_file()
    {
        string keyring = Write("k", $"[osd.3]\nkey = {_key.ToBase64()}\n");
        Write("etc/ceph/ceph.conf", "[global]\nmon host = 10.0.0.1\nkeyring = /nowhere\nkey = broken\n");
        _variables["CEPH_ARGS"] = "-m 10.0.0.2 -n osd.3 -k /nowhere/either";
        CephConnectOptions options = await ResolveAsync(new() { KeyringPath = keyring, MonHost = "10.0.0.3" });
        Assert.Equal("[v2:10.0.0.3:3300/0,v1:10.0.0.3:6789/0]", Assert.Single(options.Monitors).ToString());
        Assert.Equal("osd.3", options.Name.ToString());
        Assert.Equal(_key, options.Key);
    }

    [Fact]
    public async Task Resolve_key_from_option_keyfile_and_environment()
    {
        Write("etc/ceph/ceph.conf", $"[global]\nmon host = 10.0.0.1\n[client.opt]\nkey = {_key.ToBase64()}\n[client.file]\nkeyfile = {Write("kf", _key.ToBase64() + "\n")}\n");
        Assert.Equal(_key, (await ResolveAsync(new() { Name = EntityName.Parse("client.opt") })).Key);
        Assert.Equal(_key, (await ResolveAsync(new() { Name = EntityName.Parse("client.file") })).Key);
        _variables["CEPH_KEYRING"] = Write("k with blank", $"[client.env]\nkey = {_key.ToBase64()}\n");
        Assert.Equal(_key, (await ResolveAsync(new() { Name = EntityName.Parse("client.env") })).Key);
    }

    [Fact]
    public async Task Resolve_modes_and_methods_as_configured()
    {
        Write("etc/ceph/ceph.conf", "[global]\nmon host = 10.0.0.1\nauth client required = none\nms client mode = secure\nms mon client mode = crc,secure\n");
        CephConnectOptions options = await ResolveAsync(new());
        Assert.Equal([AuthMethod.None], options.AuthMethods);
        Assert.Null(options.Key);
        Assert.Equal([ConnectionMode.Secure], options.ServiceModes);
        Assert.Equal([ConnectionMode.Crc, ConnectionMode.Secure], options.MonitorModes);
    }

    [Theory]
    [InlineData("[global]\nfsid = 12\n", "fsid", "ceph.conf:2")]
    [InlineData("[global]\nms client mode = crx\n", "crx", "ceph.conf:2")]
    [InlineData("[global]\nauth client required = kerberos\n", "kerberos", "ceph.conf:2")]
    [InlineData("[global]\nauth client required = gss\n", "no method", "ceph.conf:2")]
    [InlineData("[global]\n\nrados mon op timeout = soon\n", "soon", "ceph.conf:3")]
    public async Task Resolve_a_value_that_makes_no_sense_names_file_and_line(string text, string problem, string where)
    {
        Write("k", $"[client.admin]\nkey = {_key.ToBase64()}\n");
        Write("etc/ceph/ceph.conf", text);
        CephConfigurationException e = await FailAsync(new() { MonHost = "10.0.0.1", KeyringPath = _folder.File("k") });
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.Contains(where, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_monitors_with_messenger_1_only_are_refused_with_what_to_do()
    {
        Write("etc/ceph/ceph.conf", "[global]\nmon host = 10.0.0.1:6789, v1:10.0.0.2:6789\n");
        CephConfigurationException e = await FailAsync(new());
        Assert.Contains("ceph.conf:2", e.Message, StringComparison.Ordinal);
        Assert.Contains("v1:10.0.0.1:6789/0", e.Message, StringComparison.Ordinal);
        Assert.Contains("enable-msgr2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_missing_files_are_named()
    {
        string path = _folder.File("nope.conf");
        Assert.Contains(path, (await FailAsync(new() { ConfPath = path })).Message, StringComparison.Ordinal);
        _variables["CEPH_CONF"] = path;
        Assert.Contains("$CEPH_CONF", (await FailAsync(new())).Message, StringComparison.Ordinal);
        _variables.Clear();
        CephConfigurationException e = await FailAsync(new() { Dns = new ResolvConf { Servers = [] } });
        Assert.Contains("no ceph.conf found", e.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File("home/.ceph/ceph.conf"), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_a_missing_key_says_where_it_was_looked_for()
    {
        Write("etc/ceph/ceph.conf", $"[global]\nmon host = 10.0.0.1\nkeyring = {_folder.File("a")},{_folder.File("b")}\n");
        CephConfigurationException e = await FailAsync(new());
        Assert.Contains(_folder.File("a"), e.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File("b"), e.Message, StringComparison.Ordinal);
        Assert.Contains("ceph auth get client.admin", e.Message, StringComparison.Ordinal);

        Write("b", $"[osd.3]\nkey = {_key.ToBase64()}\n");
        e = await FailAsync(new());
        Assert.Contains(_folder.File("b"), e.Message, StringComparison.Ordinal);
        Assert.Contains("client.admin", e.Message, StringComparison.Ordinal);
        Assert.Contains("osd.3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_a_broken_key_is_not_repeated()
    {
        Write("etc/ceph/ceph.conf", "[global]\nmon host = 10.0.0.1\nkey = SECRETSECRETSECRET\n");
        CephConfigurationException e = await FailAsync(new());
        Assert.Contains("ceph.conf:3", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", e.ToString(), StringComparison.Ordinal);
        Write("etc/ceph/ceph.conf", $"[global]\nmon host = 10.0.0.1\nkeyfile = {Write("kf", "SECRETSECRETSECRET")}\n");
        e = await FailAsync(new());
        Assert.Contains(_folder.File("kf"), e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_names_that_do_not_resolve_are_said()
    {
        Write("etc/ceph/ceph.conf", "[global]\nmon host = no-such-host.invalid\n");
        CephConfigurationException e = await FailAsync(new());
        Assert.Contains("no-such-host.invalid", e.Message, StringComparison.Ordinal);
        Assert.Contains("ceph.conf:2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_old_mon_sections_are_used_when_there_is_no_mon_host()
    {
        Write("etc/ceph/ceph.conf", $"[global]\nkey = {_key.ToBase64()}\n[mon.a]\nmon addr = 10.0.0.1\n[mon.b]\nmon addr = 10.0.0.2:3300\n");
        Assert.Equal(
            ["[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]", "v2:10.0.0.2:3300/0"],
            (await ResolveAsync(new())).Monitors.Select(m => m.ToString()));
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("--cluster x -n")]
    public void LoadConfiguration_CEPH_ARGS_that_lack_a_value_are_refused(string words)
    {
        _variables["CEPH_ARGS"] = words;
        Assert.Contains("CEPH_ARGS", Assert.Throws<CephConfigurationException>(() => Load(new())).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }

    private CephConnectArguments Here(CephConnectArguments arguments) => arguments with
    {
        Environment = new CephEnvironment
        {
            Variable = name => _variables.GetValueOrDefault(name),
            HomeFolder = _folder.File("home"),
            SystemConfigurationFolder = _folder.File("etc"),
            CurrentFolder = _folder.File("cwd"),
        },
    };

    private CephConfiguration Load(CephConnectArguments arguments) => CephConnectOptions.LoadConfiguration(Here(arguments));

    private Task<CephConnectOptions> ResolveAsync(CephConnectArguments arguments) =>
        CephConnectOptions.ResolveAsync(Here(arguments), TimeProvider.System, TestContext.Current.CancellationToken);

    private async Task<CephConfigurationException> FailAsync(CephConnectArguments arguments)
    {
        CephConfigurationException e = await Assert.ThrowsAsync<CephConfigurationException>(() => ResolveAsync(arguments));
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }
}
