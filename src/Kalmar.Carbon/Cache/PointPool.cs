using System.Runtime.CompilerServices;

namespace Kalmar.Carbon.Cache;

/// <summary>
/// Waiting points of a shard beyond the first of each series: five in a chunk of 64 bytes, linked by number, in pages. No object for a
/// series or a point, so a million of them cost the garbage collector nothing. Not thread-safe: the shard's lock guards it.
/// </summary>
internal sealed class PointPool
{
    /// <summary>Points of a chunk.</summary>
    public const int ChunkPoints = 5;

    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private readonly List<Chunk[]> _pages = [];
    private int _free = -1;
    private int _fresh;
    private int _count;

    /// <summary>Takes a chunk with no next one.</summary>
    public int Add()
    {
        int number = _free;
        if (number >= 0)
        {
            _free = At(number).Next;
        }
        else
        {
            number = _fresh++;
            if (number >> PageBits == _pages.Count)
            {
                _pages.Add(GC.AllocateArray<Chunk>(PageSize, pinned: true)); // Never moved, so the collector does not copy a burst.
            }
        }

        _count++;
        At(number).Next = -1;
        return number;
    }

    public ref Chunk At(int number) => ref _pages[number >> PageBits][number & PageMask];

    /// <summary>Gives a chunk back.</summary>
    /// <returns>The one that was linked to it.</returns>
    public int Remove(int number)
    {
        ref Chunk chunk = ref At(number);
        int next = chunk.Next;
        chunk.Next = _free;
        _free = number;
        if (--_count == 0)
        {
            // Nothing waits: after a burst its pages go back.
            _free = -1;
            _fresh = 0;
            if (_pages.Count > 1)
            {
                _pages.RemoveRange(1, _pages.Count - 1);
            }
        }

        return next;
    }

    /// <summary>Values first, then times: 64 bytes without gaps.</summary>
    internal struct Chunk
    {
        public Values Values;
        public Times Times;
        public int Next;
    }

    [InlineArray(ChunkPoints)]
    internal struct Values
    {
        private double _first;
    }

    [InlineArray(ChunkPoints)]
    internal struct Times
    {
        private uint _first;
    }
}
