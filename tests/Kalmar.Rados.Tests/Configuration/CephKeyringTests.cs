using Kalmar.Rados.Configuration;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Tests.Configuration;

public sealed class CephKeyringTests
{
    private static readonly EntityName Admin = EntityName.Parse("client.admin");

    [Fact]
    public async Task Load_a_keyring_of_ceph_authtool_gives_its_keys_and_caps()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("keyring");
        await RealTool.RunAsync("ceph-authtool", "--create-keyring", path, "--gen-key", "-n", "mon.", "--cap", "mon", "allow *");
        await RealTool.RunAsync(
            "ceph-authtool", path, "--gen-key", "-n", "client.admin", "--cap", "mon", "allow *", "--cap", "osd", "allow rw pool=a, allow class-read object_prefix rbd_");
        CephKeyring keyring = CephKeyring.Load(path);
        Assert.Equal(2, keyring.Entries.Count);
        foreach (CephKeyringEntry entry in keyring.Entries)
        {
            string printed = await RealTool.RunAsync("ceph-authtool", "-p", "-n", entry.Name.ToString(), path);
            Assert.Equal(printed.Trim(), entry.Key.ToBase64());
        }

        Assert.Equal("allow rw pool=a, allow class-read object_prefix rbd_", keyring.Find(Admin)!.Caps["osd"]);
        Assert.Equal(["mon", "osd"], keyring.Find(Admin)!.Caps.Keys.Order(StringComparer.Ordinal));
        Assert.Null(keyring.Find(EntityName.Parse("client.nobody")));
    }

    [Fact]
    public async Task Format_a_keyring_is_read_by_ceph_authtool_and_by_us()
    {
        using var folder = new TemporaryFolder();
        var caps = new Dictionary<string, string>(StringComparer.Ordinal) { ["mon"] = "allow command \"config-key get\" with key=x", ["osd"] = "allow *" };
        CephKeyringEntry[] entries =
        [
            new(Admin, CephKey.Generate(CephKeyType.Aes128, TimeProvider.System), caps, 0),
            new(EntityName.Parse("osd.3"), CephKey.Generate(CephKeyType.Aes128, TimeProvider.System), new Dictionary<string, string>(StringComparer.Ordinal), 0),
        ];
        string path = folder.File("keyring");
        await File.WriteAllTextAsync(path, CephKeyring.Format(entries), TestContext.Current.CancellationToken);
        foreach (CephKeyringEntry entry in entries)
        {
            Assert.Equal(entry.Key.ToBase64(), (await RealTool.RunAsync("ceph-authtool", "-p", "-n", entry.Name.ToString(), path)).Trim());
        }

        Assert.Equal(caps, CephKeyring.Load(path).Find(Admin)!.Caps);
    }

    [Fact]
    public void Parse_an_aes256k_key_is_a_key_like_others()
    {
        var key = CephKey.Generate(CephKeyType.Aes256k, TimeProvider.System);
        CephKeyring keyring = CephKeyring.Parse($"[client.admin]\n\tkey = {key.ToBase64()}\n", "k");
        Assert.Equal(key, keyring.Find(Admin)!.Key);
    }

    [Theory]
    [InlineData("[client.admin]\ncaps mon = x\n", "k:1: ", "no 'key")]
    [InlineData("[client.admin]\n\n key = SECRETSECRET!\n", "k:3: ", "base64")]
    [InlineData("[client.admin]\nkey =\n", "k:2: ", "base64")]
    [InlineData("[nonsense]\nkey = SECRETSECRET\n", "k:1: ", "TYPE.ID")]
    [InlineData("key = SECRETSECRET\n", "k:1: ", "[global]")]
    public void Parse_a_broken_keyring_names_the_line_and_no_key(string text, string where, string problem)
    {
        CephConfigurationException e = Assert.Throws<CephConfigurationException>(() => CephKeyring.Parse(text, "k"));
        Assert.StartsWith(where, e.Message, StringComparison.Ordinal);
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", e.ToString(), StringComparison.Ordinal);
    }
}
