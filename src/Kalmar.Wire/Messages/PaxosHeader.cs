namespace Kalmar.Wire.Messages;

/// <summary>
/// What messages to and from monitors start with (Ceph's PaxosServiceMessage): u64 version, s16 old session, u64 old session's transaction.
/// Only the version is of use, and only in what monitors send (<see cref="MLog"/>, <see cref="MMonCommandAck"/>).
/// </summary>
internal static class PaxosHeader
{
    private const int SessionSize = 10;

    public static void Skip(ref WireReader reader) => Read(ref reader);

    public static ulong Read(ref WireReader reader)
    {
        ulong version = reader.ReadU64();
        reader.Skip(SessionSize);
        return version;
    }

    public static void Write(WireWriter writer, ulong version = 0)
    {
        writer.WriteU64(version);
        writer.WriteI16(-1);
        writer.WriteU64(0);
    }
}
