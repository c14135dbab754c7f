using System.Runtime.CompilerServices;

namespace Kalmar.Wire.Frames;

/// <summary>Four segments on the stack.</summary>
[InlineArray(4)]
internal struct SegmentBuffer
{
    private ReadOnlyMemory<byte> _first;
}
