namespace Kalmar.Wire.Auth;

/// <summary>How the old structures of cephx start: a version byte and no length, so that what is newer cannot be passed over.</summary>
internal static class AuthStructReading
{
    /// <summary>Reads the version byte of a structure after which something else follows.</summary>
    public static byte ReadVersion(this ref WireReader reader, string what, byte newest)
    {
        byte version = reader.ReadU8();
        return version >= 1 && version <= newest
            ? version
            : throw reader.Error($"{what} version {version}, 1 to {newest} can be read");
    }

    /// <summary>Reads the version byte of a structure that is the last thing in its envelope: newer ones only append.</summary>
    public static byte ReadVersionOfLast(this ref WireReader reader, string what)
    {
        byte version = reader.ReadU8();
        return version >= 1 ? version : throw reader.Error($"{what} version 0");
    }

    /// <summary>Reads a key that must be there.</summary>
    public static CephKey ReadPresentKey(this ref WireReader reader, string what)
    {
        var key = CephKey.Read(ref reader);
        return key.IsEmpty ? throw reader.Error($"{what} without a key") : key;
    }
}
