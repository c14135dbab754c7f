using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

/// <summary>The sample results of RFC 8009, appendix A, for aes256-cts-hmac-sha384-192.</summary>
public sealed class Aes256kCipherTests
{
    private const int Usage = 2;
    private static readonly byte[] BaseKey = Hex("6D404D37FAF79F9DF0D33568D320669800EB4836472EA8A026D16B7182460C52");

    public static TheoryData<string, string, string> Vectors => new()
    {
        {
            "",
            "F764E9FA15C276478B2C7D0C4E5F58E4",
            "41F53FA5BFE7026D91FAF9BE959195A058707273A96A40F0A01960621AC612748B9BBFBE7EB4CE3C"
        },
        {
            "000102030405",
            "B80D3251C1F6471494256FFE712D0B9A",
            "4ED7B37C2BCAC8F74F23C1CF07E62BC7B75FB3F637B9F559C7F664F69EAB7B6092237526EA0D1F61CB20D69D10F2"
        },
        {
            "000102030405060708090A0B0C0D0E0F",
            "53BF8A0D105265D4E276428624CE5E63",
            "BC47FFEC7998EB91E8115CF8D19DAC4BBBE2E163E87DD37F49BECA92027764F68CF51F14D798C2273F35DF574D1F932E40C4FF255B36A266"
        },
        {
            "000102030405060708090A0B0C0D0E0F1011121314",
            "763E65367E864F02F55153C7E3B58AF1",
            "40013E2DF58E8751957D2878BCD2D6FE101CCFD556CB1EAE79DB3C3EE86429F2B2A602AC86FEF6ECB647D6295FAE077A1FEB517508D2C16B4192E01F62"
        },
    };

    [Fact]
    public void Derive_samples_of_the_RFC_give_Ke_and_Ki()
    {
        Assert.Equal("56AB22BEE63D82D7BC5227F6773F8EA7A5EB1C825160C38312980C442E5C7E49", Convert.ToHexString(Aes256kCipher.Derive(BaseKey, Usage, 0xAA, 32)));
        Assert.Equal("69B16514E3CD8E56B82010D5C73012B622C4D00FFC23ED1F", Convert.ToHexString(Aes256kCipher.Derive(BaseKey, Usage, 0x55, 24)));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Encrypt_samples_of_the_RFC_give_their_ciphertext(string plain, string confounder, string cipher) =>
        Assert.Equal(cipher, Convert.ToHexString(Aes256kCipher.Encrypt(BaseKey, Usage, Hex(confounder), Hex(plain))));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryDecrypt_samples_of_the_RFC_give_their_plaintext(string plain, string confounder, string cipher)
    {
        Assert.NotEmpty(confounder);
        byte[]? opened = Aes256kCipher.TryDecrypt(BaseKey, Usage, Hex(cipher));
        Assert.NotNull(opened);
        Assert.Equal(plain, Convert.ToHexString(opened));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryDecrypt_any_altered_bit_or_truncation_is_refused(string plain, string confounder, string cipher)
    {
        Assert.NotEqual(plain, confounder);
        byte[] message = Hex(cipher);
        for (int bit = 0; bit < message.Length * 8; bit++)
        {
            byte[] altered = [.. message];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Aes256kCipher.TryDecrypt(BaseKey, Usage, altered));
        }

        for (int length = 0; length < message.Length; length++)
        {
            Assert.Null(Aes256kCipher.TryDecrypt(BaseKey, Usage, message.AsSpan(0, length)));
        }
    }

    [Fact]
    public void TryDecrypt_another_usage_is_refused()
    {
        byte[] message = Aes256kCipher.Encrypt(BaseKey, CephxKeyUsage.Authorize, "content"u8);
        Assert.Null(Aes256kCipher.TryDecrypt(BaseKey, CephxKeyUsage.AuthorizeChallenge, message));
        Assert.Equal("content"u8, Aes256kCipher.TryDecrypt(BaseKey, CephxKeyUsage.Authorize, message)!);
    }

    [Fact]
    public void Encrypt_every_length_up_to_100_comes_back()
    {
        for (int length = 0; length <= 100; length++)
        {
            byte[] plain = new byte[length];
            new Random(length).NextBytes(plain);
            byte[] message = Aes256kCipher.Encrypt(BaseKey, CephxKeyUsage.TicketInfo, plain);
            Assert.Equal(length + 40, message.Length);
            Assert.Equal(plain, Aes256kCipher.TryDecrypt(BaseKey, CephxKeyUsage.TicketInfo, message));
        }
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
