using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

public sealed class CephKeyTests
{
    // Made by 'ceph-authtool --gen-print-key' of 16.2.15.
    private const string FromAuthtool = "AQDS9ABrwloxGxAAUA7D9vXF08R3U6pSIm3VkQ==";

    [Fact]
    public void Parse_key_of_ceph_authtool_gives_it_back()
    {
        CephKey key = CephKey.Parse(FromAuthtool);
        Assert.Equal(CephKeyType.Aes128, key.Type);
        Assert.Equal(16, key.Secret.Length);
        Assert.InRange(key.Created.ToDateTimeOffset().Year, 2020, 2100);
        Assert.Equal(FromAuthtool, key.ToBase64());
        Assert.Equal(key, CephKey.Parse($"  {FromAuthtool}\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQ")]
    [InlineData("not base64 at all!")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    [InlineData("AQBVYz5nAAAAABAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AwBVYz5nAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AQBVYz5nAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Parse_anything_else_says_so_without_repeating_it(string text)
    {
        FormatException e = Assert.Throws<FormatException>(() => CephKey.Parse(text));
        Assert.True(text.Length < 3 || !e.Message.Contains(text, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Generate_every_type_round_trips_as_text()
    {
        foreach (CephKeyType type in (CephKeyType[])[CephKeyType.Aes128, CephKeyType.Aes256k])
        {
            var key = CephKey.Generate(type, TimeProvider.System);
            Assert.Equal(key, CephKey.Parse(key.ToBase64()));
            Assert.NotEqual(key, CephKey.Generate(type, TimeProvider.System));
        }
    }

    [Fact]
    public void ToString_never_shows_the_secret()
    {
        CephKey key = CephKey.Parse(FromAuthtool);
        var now = DateTimeOffset.UnixEpoch;
        foreach (object shown in (object[])[
            key,
            new EntityAuth(key, new Dictionary<string, string>(StringComparer.Ordinal), CephKey.Empty),
            new RotatingSecret(key, default),
            new RotatingSecrets([new(1, new RotatingSecret(key, default))], 1),
            new CephxTicket(EntityType.Osd, key, CephxTicketBlob.None, now, TimeSpan.FromHours(1))])
        {
            string text = shown.ToString()!;
            Assert.DoesNotContain(FromAuthtool[16..], text, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(key.Secret.Span), text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Clear_zeroes_the_bytes_and_the_key_is_of_no_use()
    {
        CephKey key = CephKey.Parse(FromAuthtool);
        ReadOnlyMemory<byte> secret = key.Secret;
        key.Clear();
        Assert.True(secret.Span.IndexOfAnyExcept((byte)0) < 0);
        Assert.Throws<ObjectDisposedException>(() => key.Secret);
        Assert.Throws<ObjectDisposedException>(key.ToBase64);
    }

    [Fact]
    public void Constructor_wrong_length_is_misuse() =>
        Assert.Throws<ArgumentException>(() => new CephKey(CephKeyType.Aes256k, default, new byte[16]));
}
