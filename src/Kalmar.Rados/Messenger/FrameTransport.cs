using System.Buffers;
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
    private const int KeptBufferSize = 256 * 1024;

    private readonly Socket _socket;
    private byte[] _buffer = new byte[ReadBufferSize];
    private int _start;
    private int _end;
    private FrameDecoder _decoder = new CrcFrameDecoder(FrameLimits.Handshake);
    private FrameEncoder _encoder = new CrcFrameEncoder();
    private WireWriter _output = new(4096);
    private WireWriter? _received = new(1024);
    private WireWriter? _sent = new(1024);

    public FrameTransport(Socket socket) => _socket = socket;

    /// <summary>Everything received until now, in wire form; only during the handshake.</summary>
    public ReadOnlySpan<byte> Received => _received!.WrittenSpan;

    /// <summary>Everything sent until now, in wire form; only during the handshake.</summary>
    public ReadOnlySpan<byte> Sent => _sent!.WrittenSpan;

    /// <summary>Bytes that are encoded and wait for <see cref="FlushAsync"/>.</summary>
    public int Pending => _output.Length;

    /// <summary>Reads the peer's banner.</summary>
    public async ValueTask<Banner> ReadBannerAsync(CancellationToken cancellationToken)
    {
        bool open = true;
        while (open && _end - _start < Banner.Size)
        {
            open = await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_end == _start)
        {
            throw new EndOfStreamException();
        }

        // What is no banner shall be called so, even when it is shorter than one.
        Banner banner = ReadBanner();
        Consume(Banner.Size);
        return banner;
    }

    /// <summary>Reads the next frame; null when the peer closed between two frames.</summary>
    /// <exception cref="EndOfStreamException">The peer closed within a frame.</exception>
    /// <exception cref="CephProtocolException">What came is no frame.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rest = new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
            bool complete = _decoder.TryDecode(ref rest, out Frame? frame);
            Consume(_end - _start - (int)rest.Length);
            if (complete)
            {
                return frame;
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return _end == _start && !_decoder.IsInsideFrame ? null : throw new EndOfStreamException();
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
    public void Write(Frame frame)
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
        if (_output.Length > KeptBufferSize)
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
        (_encoder as IDisposable)?.Dispose();
        (_decoder as IDisposable)?.Dispose();
    }

    private Banner ReadBanner()
    {
        var reader = new WireReader(_buffer.AsSpan(_start, Math.Min(Banner.Size, _end - _start)), "banner");
        return Banner.Read(ref reader);
    }

    private void Consume(int count)
    {
        _received?.WriteBytes(_buffer.AsSpan(_start, count));
        _start += count;
        if (_start == _end)
        {
            _start = _end = 0;
            if (_buffer.Length > KeptBufferSize)
            {
                _buffer = new byte[ReadBufferSize];
            }
        }
    }

    /// <summary>
    /// Receives more; false at the end of the stream. The buffer grows with what has really arrived, never with what a peer announces. (A
    /// plain buffer in place of a PipeReader: that cost 35 methods to compile and an assembly to load at the start of a short command.)
    /// </summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            if (_start > _buffer.Length / 2)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }
            else
            {
                Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, _buffer.Length * 2L));
            }
        }

        int count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken).ConfigureAwait(false);
        _end += count;
        return count > 0;
    }
}
