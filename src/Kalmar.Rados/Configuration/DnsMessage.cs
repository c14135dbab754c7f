using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// A DNS message as far as it is needed (RFC 1035, section 4): 12 bytes header {id, flags, counts of questions, answers, authorities and
/// additionals}, then those. Names are labels with a length before each; a length with both high bits set points to an earlier name.
/// </summary>
internal sealed record DnsMessage(ushort Id, bool IsResponse, bool IsTruncated, int ResponseCode, string Question, IReadOnlyList<DnsResourceRecord> Records)
{
    private const int HeaderLength = 12;
    private const int MaximumNameLength = 255;
    private const ushort Internet = 1;

    /// <summary>A question that asks the server to recurse.</summary>
    public static byte[] Query(ushort id, string name, DnsRecordType type)
    {
        using var stream = new MemoryStream();
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header, id);
        header[2] = 1;
        header[5] = 1;
        stream.Write(header);
        foreach (string label in name.TrimEnd('.').Split('.'))
        {
            byte[] bytes = Encoding.ASCII.GetBytes(label);
            if (bytes.Length is 0 or > 63)
            {
                throw new CephConfigurationException($"'{name}' is not a DNS name");
            }

            stream.WriteByte((byte)bytes.Length);
            stream.Write(bytes);
        }

        stream.Write([0, 0, (byte)type, 0, (byte)Internet]);
        return stream.ToArray();
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is broken.</exception>
    public static DnsMessage Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
        {
            throw new FormatException("a DNS message is cut off");
        }

        int position = HeaderLength;
        int questions = U16(bytes, 4);
        int records = U16(bytes, 6) + U16(bytes, 8) + U16(bytes, 10);
        string question = "";
        for (int i = 0; i < questions; i++)
        {
            question = ReadName(bytes, ref position);
            Take(bytes, ref position, 4);
        }

        List<DnsResourceRecord> read = [];
        for (int i = 0; i < records; i++)
        {
            if (ReadRecord(bytes, ref position) is { } record)
            {
                read.Add(record);
            }
        }

        return new DnsMessage(U16(bytes, 0), (bytes[2] & 0x80) != 0, (bytes[2] & 2) != 0, bytes[3] & 15, question, read);
    }

    private static DnsResourceRecord? ReadRecord(ReadOnlySpan<byte> bytes, ref int position)
    {
        string name = ReadName(bytes, ref position);
        ReadOnlySpan<byte> head = Take(bytes, ref position, 10);
        var type = (DnsRecordType)U16(head, 0);
        int length = U16(head, 8);
        int start = position;
        ReadOnlySpan<byte> data = Take(bytes, ref position, length);
        switch (type)
        {
            case DnsRecordType.A when length == 4:
            case DnsRecordType.Aaaa when length == 16:
                return new DnsResourceRecord(name, type, new IPAddress(data), null);
            case DnsRecordType.Srv when length > 6:
                int target = start + 6;
                string host = ReadName(bytes, ref target);
                return new DnsResourceRecord(name, type, null, new DnsSrvRecord(host, U16(data, 4), U16(data, 0), U16(data, 2), []));
            default:
                return null;
        }
    }

    private static string ReadName(ReadOnlySpan<byte> bytes, ref int position)
    {
        var name = new StringBuilder();
        int cursor = position;
        bool jumped = false;
        while (true)
        {
            int length = Take(bytes, ref cursor, 1)[0];
            if (length >= 0xC0)
            {
                int target = ((length & 0x3F) << 8) | Take(bytes, ref cursor, 1)[0];
                position = jumped ? position : cursor;
                jumped = true;

                // A pointer leads back, never forth: so that there is an end.
                cursor = target < cursor - 2 ? target : throw new FormatException("a DNS name points forward");
                continue;
            }

            if (length > 63)
            {
                throw new FormatException($"a DNS label of {length} bytes");
            }

            if (length == 0)
            {
                position = jumped ? position : cursor;
                return name.ToString();
            }

            name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(Take(bytes, ref cursor, length)));
            if (name.Length > MaximumNameLength)
            {
                throw new FormatException("a DNS name is too long");
            }
        }
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, ref int position, int count)
    {
        if (count > bytes.Length - position)
        {
            throw new FormatException("a DNS message is cut off");
        }

        ReadOnlySpan<byte> taken = bytes.Slice(position, count);
        position += count;
        return taken;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
}
