using System.Buffers.Binary;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Identity;

namespace Kalmar.Server.Tests.Security;

public sealed class PasswordHashingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hash_is_format_3_with_SHA512_and_210000_rounds()
    {
        using PasswordHashing hashing = new(new KalmarServerOptions { DataDirectory = "/none" });
        byte[] hash = Convert.FromBase64String(await hashing.HashAsync("password", Token));
        Assert.Equal(1, hash[0]);
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)));
        Assert.Equal(210_000u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)));
    }

    [Fact]
    public async Task Hash_with_fewer_rounds_is_right_and_asks_for_a_new_one()
    {
        using PasswordHashing weak = new(new KalmarServerOptions { DataDirectory = "/none", PasswordIterations = 1000 });
        using PasswordHashing strong = new(new KalmarServerOptions { DataDirectory = "/none", PasswordIterations = 2000 });
        string hash = await weak.HashAsync("password", Token);
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, await strong.VerifyAsync(hash, "password", Token));
        Assert.Equal(PasswordVerificationResult.Success, await weak.VerifyAsync(hash, "password", Token));
        Assert.Equal(PasswordVerificationResult.Failed, await weak.VerifyAsync(hash, "Password", Token));
        Assert.Equal(PasswordVerificationResult.Failed, await weak.VerifyAsync(weak.Nobody, "password", Token));
    }

    [Fact]
    public async Task Damaged_hash_is_a_format_error()
    {
        using PasswordHashing hashing = new(new KalmarServerOptions { DataDirectory = "/none", PasswordIterations = 1000 });
        await Assert.ThrowsAsync<FormatException>(() => hashing.VerifyAsync("not base64!", "password", Token));
    }
}
