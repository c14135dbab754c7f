using System.Buffers.Binary;
using System.Net.Sockets;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>The order in which Ceph's maps keep their keys, which decides their checksums.</summary>
internal static class KeyOrder
{
    /// <summary>The order of one key type: strings by their UTF-8 bytes, addresses by their bytes in memory, all else by its own order.</summary>
    public static IComparer<TKey> For<TKey>() =>
        typeof(TKey) == typeof(string) ? (IComparer<TKey>)(object)Comparer<string>.Create(CompareText)
        : typeof(TKey) == typeof(EntityAddress) ? (IComparer<TKey>)(object)Comparer<EntityAddress>.Create(CompareAddresses)
        : Comparer<TKey>.Default;

    /// <summary>The order of the UTF-8 bytes. It differs from that of the UTF-16 units only where surrogates meet U+E000 and above.</summary>
    private static int CompareText(string left, string right)
    {
        int common = Math.Min(left.Length, right.Length);
        for (int i = 0; i < common; i++)
        {
            char a = left[i], b = right[i];
            if (a != b)
            {
                return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
            }
        }

        return left.Length - right.Length;
    }

    /// <summary>entity_addr_t compares as memory: type and nonce as little-endian bytes, then the sockaddr.</summary>
    private static int CompareAddresses(EntityAddress left, EntityAddress right)
    {
        Span<byte> a = stackalloc byte[36];
        Span<byte> b = stackalloc byte[36];
        a.Clear();
        b.Clear();
        Fill(left, a);
        Fill(right, b);
        return a.SequenceCompareTo(b);
    }

    private static void Fill(EntityAddress address, Span<byte> memory)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(memory, (uint)address.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(memory[4..], address.Nonce);
        if (address.EndPoint is not { } endPoint)
        {
            return;
        }

        bool v6 = endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        BinaryPrimitives.WriteUInt16LittleEndian(memory[8..], (ushort)(v6 ? 10 : 2));
        BinaryPrimitives.WriteUInt16BigEndian(memory[10..], (ushort)endPoint.Port);
        endPoint.Address.TryWriteBytes(memory[(v6 ? 16 : 12)..], out _);
        if (v6)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(memory[32..], (uint)endPoint.Address.ScopeId);
        }
    }
}
