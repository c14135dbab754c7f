namespace Kalmar.Wire.Auth;

/// <summary>The first payload to a monitor, with every method: u8 10, EntityName, u64 global id (0 = a new one).</summary>
internal sealed record MonAuthRequest(EntityName Name, ulong GlobalId) : IWireEncodable<MonAuthRequest>
{
    public const byte Mode = 10;

    public static MonAuthRequest Read(ref WireReader reader)
    {
        byte mode = reader.ReadU8();
        return mode == Mode
            ? new MonAuthRequest(EntityName.Read(ref reader), reader.ReadU64())
            : throw reader.Error($"authentication mode {mode}, {Mode} (to a monitor) expected");
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(Mode);
        writer.Write(Name);
        writer.WriteU64(GlobalId);
    }

    public byte[] ToArray()
    {
        var writer = new WireWriter();
        Write(writer);
        return writer.ToArray();
    }
}
