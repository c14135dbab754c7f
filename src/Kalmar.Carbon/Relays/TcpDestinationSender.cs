using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Kalmar.Carbon.Receivers;
using Kalmar.Whisper.Pickle;

namespace Kalmar.Carbon.Relays;

/// <summary>
/// Sends a destination's queue: connects, sends block after block, connects again with growing pauses when it breaks. Carbon's protocols
/// have no answer, so after a break nobody knows what the other program has read: blocks that its TCP has not acknowledged, and those of
/// the last five seconds (at most eight mebibytes of them), are sent again and counted. A point that arrives twice is the same point.
/// </summary>
internal sealed class TcpDestinationSender : DestinationSender
{
    /// <summary>More than the receive buffer of the other end can hold (Linux: 6 MiB): what is there when its program dies is lost with it.</summary>
    private const int DoubtBytes = 8 << 20;
    private static readonly TimeSpan DoubtTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);

    private readonly Queue<(LineBlock Block, long End, long Time)> _doubt = new();
    private readonly ArrayBufferWriter<byte> _pickle = new(64 * 1024);
    private long _doubtBytes;

    public TcpDestinationSender(DestinationQueue queue, RelayOptions options, TimeProvider time)
        : base(queue, options, time)
    {
        Trouble = "not connected yet";
        Start();
    }

    /// <inheritdoc/>
    protected override async Task RunAsync()
    {
        TimeSpan delay = Options.RetryDelay;
        while (!Stop.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(Queue.Destination.Host, Queue.Destination.Port, Stop).ConfigureAwait(false);
                using var counted = new CountedStream(client.GetStream());
                using SslStream? secure = Options.Tls is null ? null : new SslStream(counted, leaveInnerStreamOpen: true);
                if (secure is not null)
                {
                    await secure.AuthenticateAsClientAsync(Options.Tls!.To(Queue.Destination.Host), Stop).WaitAsync(HandshakeTime, Time, Stop).ConfigureAwait(false);
                }

                Queue.Counters.AddConnect();
                Trouble = null;
                delay = Options.RetryDelay;
                if (await SendAsync(client.Client, counted, secure).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or SocketException or AuthenticationException or TimeoutException)
            {
                Trouble = e.Message;
            }
            finally
            {
                PutBack();
            }

            if (Draining)
            {
                return;
            }

            try
            {
                await Task.Delay(delay, Time, Stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, Options.MaxDelay.Ticks));
        }
    }

    /// <summary>Sends until the connection breaks; true when all is sent and we are stopping.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="counted">Its bytes.</param>
    /// <param name="secure">TLS on it; null for none.</param>
    private async Task<bool> SendAsync(Socket socket, CountedStream counted, SslStream? secure)
    {
        Stream stream = secure is null ? counted : secure;
        // Carbon never answers: when reading ends, the connection has.
        byte[] nothing = new byte[64];
        Task<int> end = stream.ReadAsync(nothing, Stop).AsTask();
        while (true)
        {
            LineBlock? block = await Queue.FirstAsync(Stop).ConfigureAwait(false);
            if (end.IsCompleted)
            {
                await end.ConfigureAwait(false);
                Trouble = "closed by the destination";
                return false;
            }

            if (block is null)
            {
                Forget(socket, counted);
                if (Draining)
                {
                    await FinishAsync(socket, counted, secure, end).ConfigureAwait(false);
                    return true;
                }

                continue;
            }

            ReadOnlyMemory<byte> bytes = Options.Protocol == ReceiverProtocol.Pickle ? Pickled(block) : block.Memory;
            await stream.WriteAsync(bytes, Stop).ConfigureAwait(false);
            Queue.RemoveFirst();
            Queue.Counters.AddSent(block.Lines);
            _doubt.Enqueue((block, counted.Written, Time.GetTimestamp()));
            _doubtBytes += block.Length;
            Forget(socket, counted);
        }
    }

    /// <summary>All is sent: waits until the other end has closed too, or has acknowledged every byte.</summary>
    private async Task FinishAsync(Socket socket, CountedStream counted, SslStream? secure, Task<int> end)
    {
        if (secure is not null)
        {
            await secure.ShutdownAsync().WaitAsync(Stop).ConfigureAwait(false);
        }

        socket.Shutdown(SocketShutdown.Send);
        await Task.WhenAny(end, Task.Delay(DoubtTime, Time, Stop)).ConfigureAwait(false);
        if (!end.IsCompletedSuccessfully && Acknowledged(socket, counted) < counted.Written)
        {
            throw new IOException("closed before everything was acknowledged");
        }

        _doubt.Clear();
        _doubtBytes = 0;
    }

    private void Forget(Socket socket, CountedStream counted)
    {
        long acknowledged = -1;
        while (_doubt.TryPeek(out (LineBlock Block, long End, long Time) oldest)
            && (_doubtBytes > DoubtBytes || Time.GetElapsedTime(oldest.Time) > DoubtTime))
        {
            acknowledged = acknowledged < oldest.End ? Acknowledged(socket, counted) : acknowledged;
            if (acknowledged < oldest.End)
            {
                return;
            }

            _doubtBytes -= _doubt.Dequeue().Block.Length;
        }
    }

    /// <summary>Bytes of this connection that the other end's TCP has, from Linux's <c>tcp_info.tcpi_bytes_acked</c>.</summary>
    private static long Acknowledged(Socket socket, CountedStream counted)
    {
        const int levelTcp = 6;
        const int tcpInfo = 11;
        const int offset = 120;
        if (!OperatingSystem.IsLinux())
        {
            return counted.Written;
        }

        Span<byte> info = stackalloc byte[256];
        int length = socket.GetRawSocketOption(levelTcp, tcpInfo, info);

        // The count begins with the connection's own first byte (SYN).
        return length >= offset + 8 ? BinaryPrimitives.ReadInt64LittleEndian(info[offset..]) - 1 : counted.Written;
    }

    private void PutBack()
    {
        if (_doubt.Count > 0)
        {
            Queue.PutBack([.. _doubt.Select(d => d.Block)]);
            Queue.Counters.AddResent(_doubt.Sum(d => d.Block.Lines));
            _doubt.Clear();
            _doubtBytes = 0;
        }
    }

    private ReadOnlyMemory<byte> Pickled(LineBlock block)
    {
        _pickle.ResetWrittenCount();
        ReadOnlySpan<byte> rest = block.Memory.Span;
        while (!rest.IsEmpty)
        {
            int start = _pickle.WrittenCount;
            _pickle.GetSpan(4);
            _pickle.Advance(4);
            var writer = new PickleWriter(_pickle);
            writer.Begin();
            writer.BeginList();
            for (int i = 0; i < Options.PointsPerMessage && !rest.IsEmpty; i++)
            {
                int length = rest.IndexOf((byte)'\n');
                Point(rest[..length], writer);
                rest = rest[(length + 1)..];
            }

            writer.EndList();
            writer.End();
            Span<byte> message = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_pickle.WrittenMemory).Span[start..];
            BinaryPrimitives.WriteInt32BigEndian(message, message.Length - 4);
        }

        return _pickle.WrittenMemory;
    }

    private static void Point(ReadOnlySpan<byte> line, PickleWriter writer)
    {
        if (LineParser.TryParse(line, out Range name, out _, out double value, out double time))
        {
            writer.Text(line[name]);
            writer.Integer((long)time);
            writer.Real(value);
            writer.Pair();
            writer.Pair();
        }
    }
}
