using System.Buffers;
using System.Buffers.Binary;

namespace Kalmar.Carbon.Receivers;

/// <summary>Reads messages that begin with their length in four bytes, big-endian, as pickle, protobuf and cache queries have it.</summary>
internal static class FrameConnection
{
    /// <summary>Reads until the stream ends or a message is too long.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="maxLength">The longest message.</param>
    /// <param name="idle">The limit for silence.</param>
    /// <param name="handle">Gets each message; the memory is valid until it returns.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when it ended for a message over the limit.</returns>
    public static async Task<bool> RunAsync(
        Stream stream,
        int maxLength,
        IdleClock idle,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> handle,
        CancellationToken cancellationToken)
    {
        byte[] head = new byte[4];
        while (true)
        {
            if (!await FillAsync(stream, head, idle, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length > maxLength)
            {
                return false;
            }

            // The buffer grows with what really came: a head that promises much and sends nothing holds nothing.
            byte[] body = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, 16 * 1024));
            try
            {
                int filled = 0;
                while (filled < length)
                {
                    if (filled == body.Length)
                    {
                        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, body.Length * 4L));
                        body.AsSpan(0, filled).CopyTo(larger);
                        ArrayPool<byte>.Shared.Return(body);
                        body = larger;
                    }

                    int wanted = (int)Math.Min(length, body.Length) - filled;
                    int count = await stream.ReadAsync(body.AsMemory(filled, wanted), idle.Next(cancellationToken)).ConfigureAwait(false);
                    if (count == 0)
                    {
                        return true;
                    }

                    filled += count;
                }

                await handle(body.AsMemory(0, filled), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(body);
            }
        }
    }

    private static async ValueTask<bool> FillAsync(Stream stream, byte[] buffer, IdleClock idle, CancellationToken cancellationToken)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = await stream.ReadAsync(buffer.AsMemory(filled), idle.Next(cancellationToken)).ConfigureAwait(false);
            if (count == 0)
            {
                return false;
            }

            filled += count;
        }

        return true;
    }
}
