using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Kalmar.Manager.Audit;

/// <summary>One line of the audit log.</summary>
/// <param name="Sequence">Counts from 1 without holes.</param>
/// <param name="At">When, to the millisecond.</param>
/// <param name="Entry">What was done.</param>
/// <param name="Hash">64 hexadecimal digits: SHA-256 over the hash of the line before and <see cref="Canonical"/>.</param>
public sealed record AuditLine(long Sequence, DateTimeOffset At, AuditEntry Entry, string Hash)
{
    /// <summary>The hash that stands before the first line.</summary>
    public const string FirstHash = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>
    /// The line as it is hashed: a JSON array of nine strings — number, milliseconds since 1970, actor, address, action, outcome, object,
    /// cluster, detail — in UTF-8, without spaces, with everything but ASCII escaped.
    /// </summary>
    public static byte[] Canonical(long sequence, DateTimeOffset at, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(sequence.ToString(CultureInfo.InvariantCulture));
            writer.WriteStringValue(at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            writer.WriteStringValue(entry.Actor);
            writer.WriteStringValue(entry.Address);
            writer.WriteStringValue(entry.Action);
            writer.WriteStringValue(entry.Outcome.ToString());
            writer.WriteStringValue(entry.Object);
            writer.WriteStringValue(entry.Cluster);
            writer.WriteStringValue(entry.Detail);
            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>The hash of a line that follows another one.</summary>
    /// <param name="previous">The hash of the line before, or <see cref="FirstHash"/>.</param>
    /// <param name="sequence">The line's number.</param>
    /// <param name="at">When.</param>
    /// <param name="entry">What.</param>
    public static string HashOf(string previous, long sequence, DateTimeOffset at, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(previous);
        byte[] line = Canonical(sequence, at, entry);
        byte[] all = new byte[previous.Length + line.Length];
        Encoding.ASCII.GetBytes(previous, all);
        line.CopyTo(all, previous.Length);
        return Convert.ToHexStringLower(SHA256.HashData(all));
    }
}
