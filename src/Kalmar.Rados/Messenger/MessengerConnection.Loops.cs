using System.Net.Sockets;
using Kalmar.Wire;
using Kalmar.Wire.Frames;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Messenger;

/// <content>The three loops of a connection: reading, writing, watching. The first one to fail ends all of them.</content>
public sealed partial class MessengerConnection
{
    /// <summary>Output is gathered up to this before it is sent: one system call for many small messages.</summary>
    private const int OutputBatch = 128 * 1024;

    private async Task RunAsync(IConnectionHandler handler)
    {
        // Leaves the starter's stack: it shall not process messages before it even has its connection.
        await Task.Yield();
        CancellationToken ending = _ending.Token;
        Task watching = _options.KeepaliveInterval > TimeSpan.Zero || _options.IdleTimeout > TimeSpan.Zero
            ? GuardAsync(WatchAsync(ending))
            : Task.CompletedTask;
        await Task.WhenAll(GuardAsync(ReadAsync(handler, ending)), GuardAsync(WriteAsync(ending)), watching).ConfigureAwait(false);
        try
        {
            handler.Ended(this, End!);
        }
        finally
        {
            Release();
        }
    }

    private async Task GuardAsync(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Finish(e switch
            {
                EndOfStreamException => new ConnectionEnd(
                    ConnectionEndReason.ClosedByPeer, $"{Peer} closed the connection in the middle of a frame", e),
                CephProtocolException => new ConnectionEnd(ConnectionEndReason.ProtocolError, $"{Peer} broke the protocol: {e.Message}", e),
                IOException or SocketException => new ConnectionEnd(
                    ConnectionEndReason.NetworkFailure, $"the connection to {Peer} failed: {e.Message}", e),
                _ => new ConnectionEnd(ConnectionEndReason.HandlerFailed, $"a message of {Peer} could not be handled: {e.Message}", e),
            });
        }
    }

    private async Task ReadAsync(IConnectionHandler handler, CancellationToken ending)
    {
        while (await _transport.ReadAsync(ending).ConfigureAwait(false) is { } frame)
        {
            Volatile.Write(ref _lastReceived, _time.GetTimestamp());
            switch (frame.Tag)
            {
                case FrameTag.Message:
                    var message = RawMessage.From(frame);

                    // A peer that resends after a reconnect repeats numbers; on a lossy session it never should.
                    if (message.Header.Sequence > _inSequence)
                    {
                        Volatile.Write(ref _inSequence, message.Header.Sequence);
                        await handler.MessageAsync(this, message, ending).ConfigureAwait(false);
                    }

                    break;

                case FrameTag.Keepalive:
                    SendControl(Frame.Control(new KeepaliveAckFrame(frame.Read<KeepaliveFrame>().Sent)));
                    break;

                case FrameTag.KeepaliveAck:
                    Volatile.Write(ref _lastKeepaliveAck, _time.GetTimestamp());
                    break;

                case FrameTag.Ack:
                    break;

                default:
                    throw new CephProtocolException($"frame {frame.Tag} in an established session");
            }
        }

        Finish(new ConnectionEnd(ConnectionEndReason.ClosedByPeer, $"{Peer} closed the connection"));
    }

    private async Task WriteAsync(CancellationToken ending)
    {
        while (true)
        {
            while (_control.Reader.TryRead(out Frame? frame))
            {
                _transport.Write(frame);
            }

            while (_transport.Pending < OutputBatch && _messages.Reader.TryRead(out RawMessage? message))
            {
                _transport.Write(message.ToFrame(++_outSequence, Volatile.Read(ref _inSequence)));
            }

            if (_transport.Pending > 0)
            {
                await _transport.FlushAsync(ending).ConfigureAwait(false);
            }
            else
            {
                await _wake.Reader.ReadAsync(ending).ConfigureAwait(false);
            }
        }
    }

    private async Task WatchAsync(CancellationToken ending)
    {
        TimeSpan interval = _options.KeepaliveInterval > TimeSpan.Zero ? _options.KeepaliveInterval : _options.IdleTimeout / 4;
        using var timer = new PeriodicTimer(interval, _time);
        while (await timer.WaitForNextTickAsync(ending).ConfigureAwait(false))
        {
            if (_options.KeepaliveInterval > TimeSpan.Zero)
            {
                if (SinceLastKeepaliveAck >= _options.KeepaliveTimeout)
                {
                    Finish(new ConnectionEnd(
                        ConnectionEndReason.TimedOut, $"{Peer} did not answer keepalives for {SinceLastKeepaliveAck.TotalSeconds:0} s"));
                    return;
                }

                SendControl(Frame.Control(new KeepaliveFrame(Utime.From(_time.GetUtcNow()))));
            }

            if (_options.IdleTimeout > TimeSpan.Zero && SinceLastReceived >= _options.IdleTimeout)
            {
                Finish(new ConnectionEnd(ConnectionEndReason.TimedOut, $"{Peer} sent nothing for {SinceLastReceived.TotalSeconds:0} s"));
                return;
            }
        }
    }

    private void SendControl(Frame frame)
    {
        _control.Writer.TryWrite(frame);
        _wake.Writer.TryWrite(_wake);
    }
}
