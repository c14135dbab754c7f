using System.Security.Cryptography;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Frames;

namespace Kalmar.Rados.Messenger;

/// <summary>
/// The server's way from an accepted socket to a session. Every session is lossy: whoever asks for more is told so in SERVER_IDENT, and an
/// older session that a peer wants to go on with is reset.
/// </summary>
internal sealed class ServerHandshake(
    FrameTransport transport, EntityAddress remote, IServerAuthenticator authenticator, ListenerOptions listener, EntityAddressVector own)
{
    private readonly MessengerOptions _options = listener.Messenger;
    private ConnectionMode _mode;

    public async Task<ConnectionPeer> RunAsync(ulong globalSequence, CancellationToken cancellationToken)
    {
        transport.WriteBanner();
        transport.Write(new HelloFrame(_options.EntityType, remote));
        await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
        Banner banner = await transport.ReadBannerAsync(cancellationToken).ConfigureAwait(false);
        if ((banner.Supported & Banner.Revision1) == 0 || (banner.Required & ~Banner.Ours.Supported) != 0)
        {
            throw new CephProtocolException($"{remote} does not speak messenger 2.1 or requires features of it that we do not have");
        }

        HelloFrame hello = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Read<HelloFrame>();
        AuthOutcome outcome = await AuthenticateAsync(cancellationToken).ConfigureAwait(false);
        ClientIdentFrame client = await ReadIdentAsync(cancellationToken).ConfigureAwait(false);
        await CheckAsync(client, cancellationToken).ConfigureAwait(false);
        transport.Write(new ServerIdentFrame(
            own, listener.Number, globalSequence, _options.Features, MessengerFeatures.Required, SessionFlags.Lossy, 0));
        await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new ConnectionPeer(
            new EntityInstance(hello.EntityType, client.Number),
            outcome.PeerName,
            outcome.PeerCaps,
            client.Addresses,
            remote,
            client.FeaturesSupported,
            outcome.GlobalId,
            _mode,
            client.Target);
    }

    private async Task<AuthOutcome> AuthenticateAsync(CancellationToken cancellationToken)
    {
        AuthRequestFrame request = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Read<AuthRequestFrame>();
        int chosen = request.Modes.ToList().FindIndex(_options.Modes.Contains);
        if (!listener.Methods.Contains(request.Method) || chosen < 0)
        {
            await RefuseAsync(request.Method, Errno.NotSupported, cancellationToken).ConfigureAwait(false);
            throw new CephAuthenticationException(
                Errno.NotSupported, $"{remote} offered method {(int)request.Method} and modes {string.Join(',', request.Modes)}, none of which we take");
        }

        ConnectionMode mode = request.Modes[chosen];
        ReadOnlyMemory<byte> payload = request.Payload;
        while (true)
        {
            ServerAuthStep step;
            try
            {
                step = authenticator.Handle(request.Method, mode, payload.Span);
            }
            catch (CephAuthenticationException e)
            {
                await RefuseAsync(request.Method, e.Errno, cancellationToken).ConfigureAwait(false);
                throw;
            }

            if (step.Outcome is { } outcome)
            {
                byte[] signature = HandshakeSignature.Compute(outcome.SessionKey.Span, transport.Received);
                transport.Write(new AuthDoneFrame(outcome.GlobalId, mode, step.Reply));
                byte[] expected = HandshakeSignature.Compute(outcome.SessionKey.Span, transport.Sent);
                await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
                transport.Protect(mode, outcome.ConnectionSecret.Span, isServer: true);
                await ExchangeSignaturesAsync(signature, expected, cancellationToken).ConfigureAwait(false);
                _mode = mode;
                return outcome;
            }

            transport.Write(new AuthReplyMoreFrame(step.Reply));
            await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
            payload = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Read<AuthRequestMoreFrame>().Payload;
        }
    }

    private async Task ExchangeSignaturesAsync(byte[] signature, byte[] expected, CancellationToken cancellationToken)
    {
        transport.Write(new AuthSignatureFrame(signature));
        await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
        AuthSignatureFrame theirs = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Read<AuthSignatureFrame>();
        if (!CryptographicOperations.FixedTimeEquals(theirs.Signature.Span, expected))
        {
            throw new CephProtocolException($"{remote} signed other bytes than we sent: somebody altered the handshake");
        }
    }

    private async Task<ClientIdentFrame> ReadIdentAsync(CancellationToken cancellationToken)
    {
        Frame frame = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (frame.Tag == FrameTag.SessionReconnect)
        {
            transport.Write(new SessionResetFrame(Full: true));
            await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
            frame = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        return frame.Read<ClientIdentFrame>();
    }

    private async Task CheckAsync(ClientIdentFrame client, CancellationToken cancellationToken)
    {
        ulong missing = MessengerFeatures.Required & ~client.FeaturesSupported;
        if (missing != 0)
        {
            transport.Write(new IdentMissingFeaturesFrame(missing));
            await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
            throw new CephProtocolException($"{remote} lacks features 0x{missing:x}");
        }

        ulong lacking = client.FeaturesRequired & ~_options.Features;
        if (lacking != 0)
        {
            throw new CephProtocolException($"{remote} requires features 0x{lacking:x} that we do not have");
        }

        if (!own.Addresses.Contains(client.Target))
        {
            throw new CephConnectionException($"{remote} looks for {client.Target}, we are {own}");
        }
    }

    private async Task RefuseAsync(AuthMethod method, int errno, CancellationToken cancellationToken)
    {
        transport.Write(new AuthBadMethodFrame(method, -errno, listener.Methods, _options.Modes));
        await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Frame> ReadAsync(CancellationToken cancellationToken) =>
        await transport.ReadAsync(cancellationToken).ConfigureAwait(false) ?? throw new EndOfStreamException();
}
