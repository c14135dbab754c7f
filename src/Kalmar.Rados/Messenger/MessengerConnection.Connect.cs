using System.Net.Sockets;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Messenger;

/// <content>Making a connection as a client.</content>
public sealed partial class MessengerConnection
{
    /// <summary>Connects, proves who we are and opens a session. The connection does nothing until <see cref="Start"/>.</summary>
    /// <param name="target">Where, exact to the nonce that the maps name.</param>
    /// <param name="expectedPeer">What must answer there.</param>
    /// <param name="authenticator">One attempt's authenticator.</param>
    /// <param name="options">What all our connections have in common.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConnectionException">Nobody answers, or not in time, or the peer closes.</exception>
    /// <exception cref="CephAuthenticationException">The peer refuses who we say we are.</exception>
    /// <exception cref="CephProtocolException">What answers breaks the protocol or is too old.</exception>
    public static async Task<MessengerConnection> ConnectAsync(
        EntityAddress target,
        EntityType expectedPeer,
        IClientAuthenticator authenticator,
        MessengerOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(authenticator);
        ArgumentNullException.ThrowIfNull(options);
        if (target.EndPoint is null)
        {
            throw new CephConnectionException($"the {expectedPeer.ToWireName()} has no address of messenger 2 (is it down, or is ms_bind_msgr2 off?)");
        }

        using var timeout = new CancellationTokenSource(options.HandshakeTimeout, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        FrameTransport? transport = null;
        ClientHandshake? handshake = null;
        try
        {
            await socket.ConnectAsync(target.EndPoint, linked.Token).ConfigureAwait(false);
            transport = new FrameTransport(socket);
            handshake = new ClientHandshake(transport, target, expectedPeer, authenticator, options);
            ConnectionPeer peer = await handshake.RunAsync(NextGlobalSequence(), linked.Token).ConfigureAwait(false);
            transport.AllowMessages(options.Limits);
            return new MessengerConnection(transport, peer, options);
        }
        catch (Exception e)
        {
            transport?.Dispose();
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            string step = handshake?.Step ?? "connecting";
            string who = $"{expectedPeer.ToWireName()} at {target}";
            throw e switch
            {
                OperationCanceledException => new CephConnectionException(
                    $"{who}: no answer within {options.HandshakeTimeout.TotalSeconds:0.#} s while {step}", e),
                EndOfStreamException => new CephConnectionException($"{who} closed the connection while we were {step}", e),
                SocketException or IOException => new CephConnectionException($"{who}: {e.Message} while {step}", e),
                CephException => e,
                _ => new CephConnectionException($"{who}: {e.Message} while {step}", e),
            };
        }
    }
}
