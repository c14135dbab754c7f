namespace Kalmar.Wire.Messages;

/// <summary>
/// What messages to and from monitors start with (Ceph's PaxosServiceMessage): u64 version, s16 old session, u64 old session's transaction.
/// Only the version was ever of use, and today it is 0.
/// </summary>
internal static class PaxosHeader
{
    public static void Skip(ref WireReader reader) => reader.Skip(18);

    public static void Write(WireWriter writer)
    {
        writer.WriteU64(0);
        writer.WriteI16(-1);
        writer.WriteU64(0);
    }
}
