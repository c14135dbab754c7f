using System.Buffers;
using System.Runtime.CompilerServices;

namespace Kalmar.Carbon.Receivers;

/// <summary>
/// Reads lines from a stream into the sink. While nothing comes it holds no buffer but the beginning of a line; when the sink is full
/// it does not read, which is what makes the sender wait.
/// </summary>
internal sealed class LineConnection(PointGate gate, ReceiverCounters counters)
{
    /// <summary>The longest line that is looked at; longer ones are skipped to their end.</summary>
    public const int MaxLine = 8192;

    private const int BufferSize = 64 * 1024;

    private bool _skipping;

    public async Task RunAsync(Stream stream, IdleClock idle, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        int filled = 0;
        try
        {
            while (true)
            {
                if (filled == 0 && buffer.Length > 0)
                {
                    // Wait without a buffer: ten thousand quiet connections then cost nothing.
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = [];
                    await stream.ReadAsync(Memory<byte>.Empty, idle.Next(cancellationToken)).ConfigureAwait(false);
                    buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
                }

                int count = await stream.ReadAsync(buffer.AsMemory(filled), idle.Next(cancellationToken)).ConfigureAwait(false);
                if (count == 0)
                {
                    await FinishAsync(buffer, filled, cancellationToken).ConfigureAwait(false);
                    return;
                }

                filled = await ProcessAsync(buffer, filled + count, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Passes all whole lines on and moves the rest to the buffer's start.</summary>
    private async ValueTask<int> ProcessAsync(byte[] buffer, int filled, CancellationToken cancellationToken)
    {
        int at = 0;
        while (!Lines(buffer.AsSpan(0, filled), ref at))
        {
            counters.Pause();
            await gate.Sink.WaitForSpaceAsync(cancellationToken).ConfigureAwait(false);
        }

        int rest = filled - at;
        if (rest > MaxLine || _skipping)
        {
            if (!_skipping)
            {
                counters.LongLine();
                _skipping = true;
            }

            return 0;
        }

        buffer.AsSpan(at, rest).CopyTo(buffer);
        return rest;
    }

    /// <summary>A last line without its end counts too, as long as it is one.</summary>
    private async Task FinishAsync(byte[] buffer, int filled, CancellationToken cancellationToken)
    {
        if (filled > 0 && filled < buffer.Length && !_skipping)
        {
            buffer[filled] = (byte)'\n';
            await ProcessAsync(buffer, filled + 1, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Passes lines on from <paramref name="at"/>; false when the sink is full at that place.</summary>
    // Here and down to the cache compiled at once at full speed: a burst of a million lines is over before the tiers have noticed it
    // (a fifth of the whole run's cycles).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Lines(ReadOnlySpan<byte> bytes, ref int at)
    {
        ReceiverCounters.Batch batch = default;
        try
        {
            while (at < bytes.Length)
            {
                int length = bytes[at..].IndexOf((byte)'\n');
                if (length < 0)
                {
                    return true;
                }

                if (_skipping)
                {
                    _skipping = false;
                }
                else if (length > MaxLine)
                {
                    counters.LongLine();
                }
                else if (!Line(bytes.Slice(at, length), ref batch))
                {
                    return false;
                }

                at += length + 1;
            }

            return true;
        }
        finally
        {
            counters.Add(ref batch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Line(ReadOnlySpan<byte> line, ref ReceiverCounters.Batch batch)
    {
        if (!LineParser.TryParse(line, out Range name, out Range text, out double value, out double time))
        {
            if (!line.Trim((byte)'\r').IsEmpty)
            {
                batch.BadLines++;
            }

            return true;
        }

        return gate.Offer(line[name], time, value, line[text], ref batch);
    }
}
