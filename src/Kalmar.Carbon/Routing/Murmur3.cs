using System.Buffers.Binary;
using System.Numerics;

namespace Kalmar.Carbon.Routing;

/// <summary>MurmurHash3 of 32 bits for x86 (Austin Appleby, public domain), with the seed zero: what Python's <c>mmh3.hash</c> gives.</summary>
internal static class Murmur3
{
    private const uint First = 0xcc9e2d51;
    private const uint Second = 0x1b873593;

    public static int Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 0;
        ReadOnlySpan<byte> rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(rest)), 13) * 5) + 0xe6546b64;
        }

        uint tail = 0;
        for (int i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        hash ^= Mix(tail) ^ (uint)bytes.Length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return (int)(hash ^ (hash >> 16));
    }

    private static uint Mix(uint block) => BitOperations.RotateLeft(block * First, 15) * Second;
}
