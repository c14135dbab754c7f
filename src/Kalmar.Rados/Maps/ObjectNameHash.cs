using System.Buffers.Binary;
using System.Text;
using Kalmar.Rados.Crush;

namespace Kalmar.Rados.Maps;

/// <summary>The hash of an object's name that decides its placement group: Robert Jenkins' string hash of 1996 (rjenkins).</summary>
public static class ObjectNameHash
{
    /// <summary>The hash of an object.</summary>
    /// <param name="name">The object's name, or its locator key when it has one.</param>
    /// <param name="nameSpace">Its namespace; empty for none.</param>
    public static uint Of(string name, string nameSpace = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(nameSpace);
        return Of(Encoding.UTF8.GetBytes(nameSpace.Length == 0 ? name : $"{nameSpace}\u001f{name}"));
    }

    /// <summary>The hash of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint length = (uint)bytes.Length;
        uint a = 0x9e3779b9, b = a, c = 0;
        unchecked
        {
            for (; bytes.Length >= 12; bytes = bytes[12..])
            {
                a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
                c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
                CrushHash.Mix(ref a, ref b, ref c);
            }

            // The lowest byte of c is the length's, so that the rest starts one byte higher there.
            c += length;
            for (int i = 0; i < bytes.Length; i++)
            {
                uint part = (uint)bytes[i] << (i % 4 * 8);
                switch (i)
                {
                    case < 4: a += part; break;
                    case < 8: b += part; break;
                    default: c += part << 8; break;
                }
            }

            CrushHash.Mix(ref a, ref b, ref c);
        }

        return c;
    }
}
