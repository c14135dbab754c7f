using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Kalmar.Graphite.Drawing;

/// <summary>
/// Writes a picture as PNG (w3.org/TR/png): eight bits for red, green and blue. Each line is stored as its difference from the one above, which for a graph is
/// mostly zeros, so that the fastest compression is enough.
/// </summary>
internal static class PngWriter
{
    private static readonly uint[] s_crc = Table();

    /// <summary>Writes the pixels, given as Cairo has them: blue, green, red, unused.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
        output.Write(signature);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], height);
        (head[8], head[9]) = (8, 2);
        Chunk(output, "IHDR"u8, head);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (width * 3)];
            row[0] = 2;
            for (var y = 0; y < height; y++)
            {
                var line = pixels.Slice(y * stride, width * 4);
                var above = y == 0 ? default : pixels.Slice((y - 1) * stride, width * 4);
                for (var (x, at) = (0, 1); x < line.Length; x += 4, at += 3)
                {
                    row[at] = (byte)(line[x + 2] - (y == 0 ? 0 : above[x + 2]));
                    row[at + 1] = (byte)(line[x + 1] - (y == 0 ? 0 : above[x + 1]));
                    row[at + 2] = (byte)(line[x] - (y == 0 ? 0 : above[x]));
                }

                zlib.Write(row);
            }
        }

        Chunk(output, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        Chunk(output, "IEND"u8, default);
    }

    private static void Chunk(IBufferWriter<byte> output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        output.Write(word);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(word);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var b in data) crc = s_crc[(crc ^ b) & 0xff] ^ (crc >> 8);
        return crc;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xedb88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
