using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kalmar.Carbon.Cache;

/// <summary>
/// A hash of a name's bytes, eight at a time, by multiplying and folding; seeded at start, so that nobody can send names that all
/// fall on one place.
/// </summary>
internal static class NameHash
{
    private const ulong A = 0x9E3779B97F4A7C15;
    private const ulong B = 0xC2B2AE3D27D4EB4F;

    // A random Guid, not RandomNumberGenerator: that one loads OpenSSL, five megabytes that nothing else needs.
    private static readonly ulong Seed = Mix(BitConverter.ToUInt64(Guid.NewGuid().ToByteArray(), 8)) ^ BitConverter.ToUInt64(Guid.NewGuid().ToByteArray()) | 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Of(ReadOnlySpan<byte> name)
    {
        ref byte start = ref MemoryMarshal.GetReference(name);
        int length = name.Length;
        ulong hash = Seed ^ ((ulong)length * A);
        int at = 0;
        for (; at + 8 <= length; at += 8)
        {
            hash = Mix(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at)));
        }

        if (at < length)
        {
            ulong tail = 0;
            if (length >= 8)
            {
                tail = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
            }
            else
            {
                for (; at < length; at++)
                {
                    tail = (tail << 8) | Unsafe.Add(ref start, at);
                }
            }

            hash = Mix(hash ^ tail);
        }

        return Mix(hash ^ B);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value ^ B, A, out ulong low);
        return BitOperations.RotateLeft(high, 29) ^ low;
    }
}
