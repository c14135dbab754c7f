namespace Kalmar.Wire.Messages;

/// <summary>
/// A line of the cluster log: EntityName, entity_name_t rank, entity_addrvec, utime, u64 sequence, u16 level, string message, string
/// channel.
/// </summary>
/// <param name="Name">Who says it.</param>
/// <param name="Rank">The same as an instance.</param>
/// <param name="Addresses">Where that is.</param>
/// <param name="Time">When.</param>
/// <param name="Sequence">Counts the sender's entries.</param>
/// <param name="Level">How important.</param>
/// <param name="Message">The text.</param>
/// <param name="Channel">cluster, audit, cephadm.</param>
public sealed record LogEntry(
    EntityName Name,
    EntityInstance Rank,
    EntityAddressVector Addresses,
    Utime Time,
    ulong Sequence,
    LogLevel Level,
    string Message,
    string Channel)
    : IWireEncodable<LogEntry>
{
    /// <inheritdoc/>
    public static LogEntry Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("LogEntry", 5, out _);
        return new LogEntry(
            EntityName.Read(ref body),
            EntityInstance.Read(ref body),
            EntityAddressVector.Read(ref body),
            Utime.Read(ref body),
            body.ReadU64(),
            (LogLevel)body.ReadU16(),
            body.ReadString(),
            body.ReadString());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(5, 5);
        Name.Write(writer);
        Rank.Write(writer);
        Addresses.Write(writer);
        Time.Write(writer);
        writer.WriteU64(Sequence);
        writer.WriteU16((ushort)Level);
        writer.WriteString(Message);
        writer.WriteString(Channel);
        writer.EndStruct(mark);
    }
}
