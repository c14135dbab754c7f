using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Frames;

namespace Kalmar.Rados.Messenger;

/// <summary>
/// Frames over a socket. One reader and one writer at a time. While the handshake lasts it keeps what went over the wire in both
/// directions, because signatures are made over it; handshake frames are small, so is what is kept.
/// </summary>
internal sealed class FrameTransport : IDisposable
{
    private const int ReadBufferSize = 32 * 1024;
    private const int KeptOutputSize = 256 * 1024;

    private readonly Socket _socket;
    private readonly PipeReader _input;
    private FrameDecoder _decoder = new CrcFrameDecoder(FrameLimits.Handshake);
    private FrameEncoder _encoder = new CrcFrameEncoder();
    private WireWriter _output = new(4096);
    private WireWriter? _received = new(1024);
    private WireWriter? _sent = new(1024);

    public FrameTransport(Socket socket)
    {
        _socket = socket;
        _input = PipeReader.Create(
            new NetworkStream(socket, ownsSocket: false), new StreamPipeReaderOptions(bufferSize: ReadBufferSize, leaveOpen: true));
    }

    /// <summary>Everything received until now, in wire form; only during the handshake.</summary>
    public ReadOnlySpan<byte> Received => _received!.WrittenSpan;

    /// <summary>Everything sent until now, in wire form; only during the handshake.</summary>
    public ReadOnlySpan<byte> Sent => _sent!.WrittenSpan;

    /// <summary>Bytes that are encoded and wait for <see cref="FlushAsync"/>.</summary>
    public int Pending => _output.Length;

    /// <summary>Reads the peer's banner.</summary>
    public async ValueTask<Banner> ReadBannerAsync(CancellationToken cancellationToken)
    {
        ReadResult result = await _input.ReadAtLeastAsync(Banner.Size, cancellationToken).ConfigureAwait(false);
        byte[] bytes = result.Buffer.Slice(0, Math.Min(Banner.Size, result.Buffer.Length)).ToArray();
        if (bytes.Length == 0)
        {
            throw new EndOfStreamException();
        }

        // What is no banner shall be called so, even when it is shorter than one.
        var reader = new WireReader(bytes, "banner");
        var banner = Banner.Read(ref reader);
        _received!.WriteBytes(bytes);
        _input.AdvanceTo(result.Buffer.GetPosition(Banner.Size));
        return banner;
    }

    /// <summary>Reads the next frame; null when the peer closed between two frames.</summary>
    /// <exception cref="EndOfStreamException">The peer closed within a frame.</exception>
    /// <exception cref="CephProtocolException">What came is no frame.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_input.TryRead(out ReadResult result))
            {
                result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            }

            ReadOnlySequence<byte> rest = result.Buffer;
            bool complete = _decoder.TryDecode(ref rest, out Frame frame);
            if (_received is not null)
            {
                foreach (ReadOnlyMemory<byte> part in result.Buffer.Slice(0, rest.Start))
                {
                    _received.WriteBytes(part.Span);
                }
            }

            _input.AdvanceTo(rest.Start, complete ? rest.Start : rest.End);
            if (complete)
            {
                return frame;
            }

            if (result.IsCompleted)
            {
                return rest.IsEmpty && !_decoder.IsInsideFrame ? null : throw new EndOfStreamException();
            }
        }
    }

    /// <summary>Encodes our banner.</summary>
    public void WriteBanner()
    {
        Banner.Ours.Write(_output);
        Banner.Ours.Write(_sent!);
    }

    /// <summary>Encodes a frame; it is sent with the next flush.</summary>
    public void Write(in Frame frame)
    {
        int before = _output.Length;
        _encoder.Encode(frame, _output);
        _sent?.WriteBytes(_output.WrittenSpan[before..]);
    }

    /// <summary>Encodes a control frame; it is sent with the next flush.</summary>
    public void Write<T>(T payload)
        where T : IControlFrame<T> => Write(Frame.Control(payload));

    /// <summary>Sends what was written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> rest = _output.WrittenMemory;
        while (!rest.IsEmpty)
        {
            int count = await _socket.SendAsync(rest, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            rest = rest[count..];
        }

        // A single large message must not hold its memory for as long as the connection lives.
        if (_output.Length > KeptOutputSize)
        {
            _output = new WireWriter(4096);
        }
        else
        {
            _output.Clear();
        }
    }

    /// <summary>Goes over to the mode that was agreed on, and stops keeping what goes over the wire.</summary>
    public void Protect(ConnectionMode mode, ReadOnlySpan<byte> connectionSecret, bool isServer)
    {
        _received = null;
        _sent = null;
        if (mode == ConnectionMode.Secure)
        {
            _encoder = new SecureFrameEncoder(connectionSecret, sentByServer: isServer);
            _decoder = new SecureFrameDecoder(_decoder.Limits, connectionSecret, sentByServer: !isServer);
        }
    }

    /// <summary>Lets messages in, from the next frame on.</summary>
    public void AllowMessages(FrameLimits limits) => _decoder.Limits = limits;

    /// <summary>Closes the socket, which ends reads and writes that are under way.</summary>
    public void Close() => _socket.Dispose();

    public void Dispose()
    {
        Close();
        _input.Complete();
        (_encoder as IDisposable)?.Dispose();
        (_decoder as IDisposable)?.Dispose();
    }
}
