using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Kalmar.Wire;

/// <summary>
/// Where an entity is: Ceph's entity_addr_t. On the wire: u8 marker 1, VER(1,1){ u32 type, u32 nonce, u32 length, sockaddr of that length };
/// length 0 or family 0 is blank. The family in the sockaddr is Linux's (2 IPv4, 10 IPv6), the port is big-endian.
/// </summary>
/// <param name="Type">Which messenger speaks there.</param>
/// <param name="Nonce">Tells incarnations at the same address apart; 0 for monitors.</param>
/// <param name="EndPoint">Address and port; null when blank.</param>
public sealed record EntityAddress(EntityAddressType Type, uint Nonce, IPEndPoint? EndPoint) : IWireEncodable<EntityAddress>
{
    private const ushort LinuxInterNetwork = 2;
    private const ushort LinuxInterNetworkV6 = 10;

    /// <summary>No address.</summary>
    public static EntityAddress Blank { get; } = new(EntityAddressType.None, 0, null);

    /// <summary>True when there is no address.</summary>
    public bool IsBlank => EndPoint is null;

    /// <inheritdoc/>
    public static EntityAddress Read(ref WireReader reader)
    {
        byte marker = reader.ReadU8();
        return marker switch
        {
            0 => ReadAncient(ref reader),
            1 => ReadModern(ref reader),
            _ => throw reader.Error($"unknown entity_addr_t marker {marker}"),
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(1);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteU32((uint)Type);
        writer.WriteU32(Nonce);
        int sockaddr = writer.BeginNested();
        if (EndPoint is not null)
        {
            WriteSockaddr(writer, EndPoint);
        }
        else
        {
            // Ceph writes its whole union of zeros; checksums of OSD maps depend on it.
            writer.WriteZeros(28);
        }

        writer.EndNested(sockaddr);
        writer.EndStruct(mark);
    }

    /// <summary>As Ceph prints it: <c>v2:10.0.0.1:3300/0</c>, <c>v1:[::1]:6789/0</c>, <c>-</c> when blank.</summary>
    public override string ToString()
    {
        string prefix = Type switch
        {
            EntityAddressType.Legacy => "v1:",
            EntityAddressType.Msgr2 => "v2:",
            EntityAddressType.Any => "any:",
            _ => "",
        };
        return EndPoint is null ? (Type == EntityAddressType.None ? "-" : $"{prefix}-") : $"{prefix}{EndPoint}/{Nonce}";
    }

    private static EntityAddress ReadModern(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("entity_addr_t", 1, out _);
        var type = (EntityAddressType)body.ReadU32();
        uint nonce = body.ReadU32();
        WireReader sockaddr = body.ReadNested("sockaddr");
        return new EntityAddress(type, nonce, sockaddr.IsAtEnd ? null : ReadSockaddr(ref sockaddr));
    }

    /// <summary>Marker 0: the rest of a zero u32, u32 nonce and a sockaddr_storage of 128 bytes with a big-endian family.</summary>
    private static EntityAddress ReadAncient(ref WireReader reader)
    {
        reader.Skip(3);
        uint nonce = reader.ReadU32();
        var storage = new WireReader(reader.ReadBytes(128), "sockaddr_storage");
        ushort family = BinaryPrimitives.ReverseEndianness(storage.ReadU16());
        IPEndPoint? endPoint = family == 0 ? null : ReadSockaddr(ref storage, family);
        return new EntityAddress(endPoint is null ? EntityAddressType.None : EntityAddressType.Legacy, nonce, endPoint);
    }

    private static IPEndPoint? ReadSockaddr(ref WireReader sockaddr) => ReadSockaddr(ref sockaddr, sockaddr.ReadU16());

    private static IPEndPoint? ReadSockaddr(ref WireReader sockaddr, ushort family)
    {
        switch (family)
        {
            case 0:
                return null;
            case LinuxInterNetwork:
                {
                    ushort port = BinaryPrimitives.ReverseEndianness(sockaddr.ReadU16());
                    return new IPEndPoint(new IPAddress(sockaddr.ReadBytes(4)), port);
                }

            case LinuxInterNetworkV6:
                {
                    ushort port = BinaryPrimitives.ReverseEndianness(sockaddr.ReadU16());
                    sockaddr.Skip(4);
                    ReadOnlySpan<byte> ip = sockaddr.ReadBytes(16);
                    uint scope = sockaddr.Remaining >= 4 ? sockaddr.ReadU32() : 0;
                    return new IPEndPoint(new IPAddress(ip, scope), port);
                }

            default:
                throw sockaddr.Error($"unknown address family {family}");
        }
    }

    private static void WriteSockaddr(WireWriter writer, IPEndPoint endPoint)
    {
        bool v6 = endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        writer.WriteU16(v6 ? LinuxInterNetworkV6 : LinuxInterNetwork);
        writer.WriteU16(BinaryPrimitives.ReverseEndianness((ushort)endPoint.Port));
        if (v6)
        {
            writer.WriteU32(0);
            writer.WriteBytes(endPoint.Address.GetAddressBytes());
            writer.WriteU32((uint)endPoint.Address.ScopeId);
        }
        else
        {
            writer.WriteBytes(endPoint.Address.GetAddressBytes());
            writer.WriteZeros(8);
        }
    }
}
