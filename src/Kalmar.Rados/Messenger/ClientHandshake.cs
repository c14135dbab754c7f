using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Frames;

namespace Kalmar.Rados.Messenger;

/// <summary>
/// The client's way from an open socket to a session: banner and HELLO, AUTH_REQUEST and its steps, AUTH_SIGNATURE, CLIENT_IDENT. We do not
/// wait for an answer where the protocol does not need one: the first request goes out with the banner, CLIENT_IDENT with the signature.
/// </summary>
internal sealed class ClientHandshake(
    FrameTransport transport, EntityAddress target, EntityType expectedPeer, IClientAuthenticator authenticator, MessengerOptions options)
{
    private byte[] _expectedSignature = [];
    private ConnectionMode _mode;

    /// <summary>What we wait for; for the message of a timeout.</summary>
    public string Step { get; private set; } = "connecting";

    public async Task<ConnectionPeer> RunAsync(ulong globalSequence, CancellationToken cancellationToken)
    {
        transport.WriteBanner();
        transport.Write(new HelloFrame(options.EntityType, target));
        transport.Write(new AuthRequestFrame(authenticator.Method, options.Modes, authenticator.Begin()));
        await transport.FlushAsync(cancellationToken).ConfigureAwait(false);

        Step = "waiting for the banner";
        Banner banner = await transport.ReadBannerAsync(cancellationToken).ConfigureAwait(false);
        if ((banner.Supported & Banner.Revision1) == 0 || (banner.Required & ~Banner.Ours.Supported) != 0)
        {
            throw new CephProtocolException(
                $"{target} supports messenger features 0x{banner.Supported:x} and requires 0x{banner.Required:x}; we speak 0x1 (Octopus and later)");
        }

        Step = "waiting for HELLO";
        HelloFrame hello = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Read<HelloFrame>();
        if (hello.EntityType != expectedPeer)
        {
            throw new CephConnectionException(
                $"at {target} answers {hello.EntityType.ToWireName()} where {expectedPeer.ToWireName()} was expected: the address is old");
        }

        AuthOutcome outcome = await AuthenticateAsync(cancellationToken).ConfigureAwait(false);
        EntityAddress own = OwnAddress(hello);
        var ident = new ClientIdentFrame(
            new EntityAddressVector([own]),
            target,
            (long)outcome.GlobalId,
            globalSequence,
            options.Features,
            MessengerFeatures.Required,
            SessionFlags.Lossy,
            0);
        transport.Write(ident);
        await transport.FlushAsync(cancellationToken).ConfigureAwait(false);

        Step = "waiting for the signature";
        AuthSignatureFrame signature = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Read<AuthSignatureFrame>();
        if (!CryptographicOperations.FixedTimeEquals(signature.Signature.Span, _expectedSignature))
        {
            throw new CephProtocolException($"{target} signed other bytes than we sent: somebody altered the handshake");
        }

        Step = "waiting for SERVER_IDENT";
        ServerIdentFrame server = await ReadIdentAsync(ident, cancellationToken).ConfigureAwait(false);
        return new ConnectionPeer(
            new EntityInstance(hello.EntityType, server.Number),
            null,
            default,
            server.Addresses,
            target,
            server.FeaturesSupported,
            outcome.GlobalId,
            _mode,
            own);
    }

    private async Task<AuthOutcome> AuthenticateAsync(CancellationToken cancellationToken)
    {
        Step = "waiting for the answer to our credentials";
        while (true)
        {
            Frame frame = await ReadAsync(cancellationToken).ConfigureAwait(false);
            switch (frame.Tag)
            {
                case FrameTag.AuthReplyMore:
                    byte[] more = authenticator.Continue(frame.Read<AuthReplyMoreFrame>().Payload.Span);
                    transport.Write(new AuthRequestMoreFrame(more));
                    await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
                    break;

                case FrameTag.AuthBadMethod:
                    throw Refused(frame.Read<AuthBadMethodFrame>());

                case FrameTag.AuthDone:
                    AuthDoneFrame done = frame.Read<AuthDoneFrame>();
                    if (!options.Modes.Contains(done.Mode))
                    {
                        throw new CephProtocolException($"{target} chose connection mode {(int)done.Mode}, which we did not offer");
                    }

                    AuthOutcome outcome = authenticator.Finish(done.GlobalId, done.Mode, done.Payload.Span);
                    byte[] signature = HandshakeSignature.Compute(outcome.SessionKey.Span, transport.Received);
                    _expectedSignature = HandshakeSignature.Compute(outcome.SessionKey.Span, transport.Sent);
                    transport.Protect(done.Mode, outcome.ConnectionSecret.Span, isServer: false);
                    transport.Write(new AuthSignatureFrame(signature));
                    _mode = done.Mode;
                    return outcome;

                default:
                    throw Unexpected(frame);
            }
        }
    }

    private async Task<ServerIdentFrame> ReadIdentAsync(ClientIdentFrame ident, CancellationToken cancellationToken)
    {
        Frame frame = await ReadAsync(cancellationToken).ConfigureAwait(false);
        switch (frame.Tag)
        {
            case FrameTag.ServerIdent:
                ServerIdentFrame server = frame.Read<ServerIdentFrame>();
                ulong lacking = server.FeaturesRequired & ~ident.FeaturesSupported;
                if (lacking != 0)
                {
                    throw new CephProtocolException($"{target} requires features 0x{lacking:x} that we do not have");
                }

                return server.Addresses.Addresses.Contains(target)
                    ? server
                    : throw new CephConnectionException($"{target} is now {server.Addresses}: it was started again since we learned its address");

            case FrameTag.IdentMissingFeatures:
                throw new CephProtocolException(
                    $"{target} requires features 0x{frame.Read<IdentMissingFeaturesFrame>().Missing:x} that we do not have");

            case FrameTag.Wait or FrameTag.SessionReset or FrameTag.SessionRetry or FrameTag.SessionRetryGlobal:
                throw new CephConnectionException($"{target} asked to try again ({frame.Tag})");

            default:
                throw Unexpected(frame);
        }
    }

    /// <summary>Who does not listen has an address too: the IP that the server sees, port 0, and a nonce.</summary>
    private EntityAddress OwnAddress(HelloFrame hello)
    {
        IPAddress ip = hello.PeerAddress.EndPoint?.Address
            ?? throw new CephProtocolException($"{target} does not say which address it sees us at");
        uint nonce = options.Nonce ?? BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        return new EntityAddress(EntityAddressType.Any, nonce, new IPEndPoint(ip, 0));
    }

    private CephException Refused(AuthBadMethodFrame answer)
    {
        int errno = -answer.Result;
        string allowed = string.Join(", ", answer.AllowedMethods.Select(m => m.ToString().ToLower(CultureInfo.InvariantCulture)));
        string modes = string.Join(", ", answer.AllowedModes.Select(m => m.ToString().ToLower(CultureInfo.InvariantCulture)));
        string why =
            !answer.AllowedMethods.Contains(authenticator.Method)
                ? $"it takes only {allowed} as authentication method, we offered {authenticator.Method.ToString().ToLower(CultureInfo.InvariantCulture)}"
            : !answer.AllowedModes.Any(options.Modes.Contains) ? $"it takes only connection mode {modes}"
            : errno == Errno.AccessDenied ? "the user is unknown there, has no mon caps, or the key is wrong (compare with 'ceph auth get USER')"
            : "it refused our credentials";
        return new CephAuthenticationException(errno, $"{expectedPeer.ToWireName()} at {target}: {why} (errno {errno})");
    }

    private CephProtocolException Unexpected(Frame frame) => new($"{target} sent {frame.Tag} while we were {Step}");

    private async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken) =>
        await transport.ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw new EndOfStreamException();
}
