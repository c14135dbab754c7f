using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Tests.Auth;

/// <summary>
/// Whatever arrives at any step of an authentication, at either end, is understood or refused by one of our two exceptions; and what was altered never
/// leads both ends to different secrets without one of them noticing.
/// </summary>
public sealed class CephxFuzzTests
{
    private const int Alterations = 30;

    /// <summary>One payload on its way, from which end, in which round.</summary>
    private delegate byte[] Tamper(bool toServer, int round, byte[] payload);

    public static TheoryData<CephKeyType, bool> Cases => new()
    {
        { CephKeyType.Aes128, false },
        { CephKeyType.Aes128, true },
        { CephKeyType.Aes256k, false },
        { CephKeyType.Aes256k, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_truncation_of_every_step_is_refused(CephKeyType keyType, bool toService)
    {
        var fixture = new CephxFixture(keyType);
        fixture.Login();
        foreach ((bool toServer, int round, int length) in Steps(fixture, toService))
        {
            for (int cut = 0; cut < length; cut++)
            {
                bool passed = Attempt(fixture, toService, (s, r, p) => s == toServer && r == round ? p[..cut] : p);
                Assert.False(passed, $"cut to {cut} of {length} bytes, to server {toServer}, round {round}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Altered_bits_of_every_step_are_refused_or_change_nothing(CephKeyType keyType, bool toService)
    {
        var fixture = new CephxFixture(keyType);
        fixture.Login();
        var random = new Random(11);
        int refused = 0;
        foreach ((bool toServer, int round, int length) in Steps(fixture, toService))
        {
            for (int i = 0; i < Alterations; i++)
            {
                int bit = random.Next(length * 8);
                refused += Attempt(fixture, toService, (s, r, p) => s == toServer && r == round ? Flip(p, bit) : p) ? 0 : 1;
            }
        }

        Assert.InRange(refused, Alterations, 4 * Alterations);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Random_bytes_at_every_step_are_refused(CephKeyType keyType, bool toService)
    {
        var fixture = new CephxFixture(keyType);
        fixture.Login();
        var random = new Random(12);
        foreach ((bool toServer, int round, _) in Steps(fixture, toService))
        {
            for (int i = 0; i < Alterations; i++)
            {
                byte[] noise = new byte[random.Next(0, 300)];
                random.NextBytes(noise);
                Assert.False(Attempt(fixture, toService, (s, r, p) => s == toServer && r == round ? noise : p));
            }
        }
    }

    /// <summary>A valid start keeps the noise from being refused at the first byte.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Noise_behind_a_valid_start_is_refused_or_changes_nothing(CephKeyType keyType, bool toService)
    {
        var fixture = new CephxFixture(keyType);
        fixture.Login();
        var random = new Random(13);
        int refused = 0;
        foreach ((bool toServer, int round, int length) in Steps(fixture, toService))
        {
            for (int i = 0; i < Alterations; i++)
            {
                int keep = random.Next(length);
                byte[] noise = new byte[random.Next(0, length)];
                random.NextBytes(noise);
                refused += Attempt(fixture, toService, (s, r, p) => s == toServer && r == round ? [.. p.Take(keep), .. noise] : p) ? 0 : 1;
            }
        }

        Assert.InRange(refused, Alterations, 4 * Alterations);
    }

    [Theory]
    [InlineData(CephKeyType.Aes128)]
    [InlineData(CephKeyType.Aes256k)]
    public void Requests_and_replies_on_an_open_session_are_understood_or_refused(CephKeyType keyType)
    {
        var fixture = new CephxFixture(keyType);
        fixture.Login();
        var renewal = new CephxTicketRenewal(fixture.Store, CephxFixture.Wanted, fixture.Time);
        byte[] tickets = fixture.Server.HandleRequest(CephxFixture.Client, renewal.Request);
        byte[] secrets = fixture.Server.HandleRequest(CephxFixture.Mgr, CephxRotatingSecretsRequest.Request);
        var random = new Random(14);
        int refused = 0;
        for (int i = 0; i < 150; i++)
        {
            refused += Refuses(() => fixture.Server.HandleRequest(CephxFixture.Client, Spoil(random, renewal.Request)));
            refused += Refuses(() => renewal.ReadReply(Spoil(random, tickets)));
            refused += Refuses(() => CephxRotatingSecretsRequest.ReadReply(Spoil(random, secrets), fixture.MgrKey));
        }

        Assert.InRange(refused, 150, 450);
    }

    [Fact]
    public void None_takes_or_refuses_whatever_comes()
    {
        var random = new Random(15);
        byte[] valid = new NoneClientAuthenticator(CephxFixture.Client, 0, EntityType.Mon).Begin();
        int refused = 0;
        for (int i = 0; i < 500; i++)
        {
            byte[] payload = Spoil(random, valid);
            refused += Refuses(() => new NoneServerAuthenticator(() => 1).Handle(AuthMethod.None, ConnectionMode.Crc, payload));
        }

        Assert.InRange(refused, 1, 500);
    }

    /// <summary>Which payloads an untouched authentication has.</summary>
    private static List<(bool ToServer, int Round, int Length)> Steps(CephxFixture fixture, bool toService)
    {
        List<(bool, int, int)> steps = [];
        Assert.True(Attempt(fixture, toService, (s, r, p) =>
        {
            steps.Add((s, r, p.Length));
            return p;
        }));
        Assert.Equal(4, steps.Count);
        return steps;
    }

    /// <summary>Runs one authentication in secure mode; everything but our exceptions fails the test.</summary>
    /// <returns>Whether both ends believe that it succeeded.</returns>
    private static bool Attempt(CephxFixture fixture, bool toService, Tamper tamper)
    {
        IClientAuthenticator client = toService ? fixture.Store.CreateServiceAuthenticator(EntityType.Mgr) : fixture.NewMonClient();
        IServerAuthenticator server = toService ? fixture.NewMgrServer() : fixture.Server.CreateAuthenticator();
        try
        {
            (AuthOutcome atClient, AuthOutcome atServer) = CephxFixture.Run(
                new TamperedClient(client, tamper), server, ConnectionMode.Secure);
            return atClient.SessionKey.Span.SequenceEqual(atServer.SessionKey.Span)
                && atClient.ConnectionSecret.Span.SequenceEqual(atServer.ConnectionSecret.Span);
        }
        catch (Exception e) when (e is CephProtocolException or CephAuthenticationException)
        {
            Assert.DoesNotContain('\n', e.Message);
            return false;
        }
    }

    private static int Refuses(Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception e) when (e is CephProtocolException or CephAuthenticationException)
        {
            return 1;
        }
    }

    private static byte[] Spoil(Random random, byte[] valid) => random.Next(3) switch
    {
        0 => valid[..random.Next(valid.Length)],
        1 => Flip(valid, random.Next(valid.Length * 8)),
        _ => Flip(Flip(valid, random.Next(valid.Length * 8)), random.Next(valid.Length * 8)),
    };

    private static byte[] Flip(byte[] payload, int bit)
    {
        byte[] altered = [.. payload];
        if (altered.Length > 0)
        {
            altered[bit / 8 % altered.Length] ^= (byte)(1 << (bit % 8));
        }

        return altered;
    }

    /// <summary>A client all of whose payloads, in both directions, pass somebody's hands.</summary>
    private sealed class TamperedClient(IClientAuthenticator inner, Tamper tamper) : IClientAuthenticator
    {
        private int _round;

        public AuthMethod Method => inner.Method;

        public byte[] Begin() => tamper(true, 0, inner.Begin());

        public byte[] Continue(ReadOnlySpan<byte> payload)
        {
            byte[] altered = tamper(false, _round++, payload.ToArray());
            return tamper(true, _round, inner.Continue(altered));
        }

        public AuthOutcome Finish(ulong globalId, ConnectionMode mode, ReadOnlySpan<byte> payload) =>
            inner.Finish(globalId, mode, tamper(false, _round, payload.ToArray()));
    }
}
