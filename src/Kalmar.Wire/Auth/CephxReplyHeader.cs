namespace Kalmar.Wire.Auth;

/// <summary>The start of every reply of the monitors' authentication service: u16 operation, s32 status.</summary>
internal static class CephxReplyHeader
{
    public static void Read(ref WireReader reader, CephxOperation expected, string what)
    {
        ushort operation = reader.ReadU16();
        if (operation != (ushort)expected)
        {
            throw reader.Error($"reply to operation 0x{operation:x4}, 0x{(int)expected:x4} was asked");
        }

        int status = reader.ReadI32();
        if (status != 0)
        {
            throw new CephAuthenticationException(Math.Abs((long)status) is > 0 and < 4096 and var errno ? (int)errno : Errno.AccessDenied, $"the monitor refused {what} (status {status})");
        }
    }

    public static void Write(WireWriter writer, CephxOperation operation)
    {
        writer.WriteU16((ushort)operation);
        writer.WriteI32(0);
    }
}
