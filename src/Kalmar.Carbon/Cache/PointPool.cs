namespace Kalmar.Carbon.Cache;

/// <summary>
/// The waiting points of a shard: sixteen bytes each, linked by number, in pages. No object for a series or a point, so a million of
/// them cost the garbage collector nothing. Not thread-safe: the shard's lock guards it.
/// </summary>
internal sealed class PointPool
{
    private const int PageBits = 13;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private readonly List<Node[]> _pages = [];
    private int _free = -1;
    private int _fresh;

    public int Count { get; private set; }

    public int Add(uint timestamp, double value)
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
                _pages.Add(new Node[PageSize]);
            }
        }

        Count++;
        At(number) = new Node { Timestamp = timestamp, Value = value, Next = -1 };
        return number;
    }

    public ref Node At(int number) => ref _pages[number >> PageBits][number & PageMask];

    public void Remove(int number)
    {
        At(number).Next = _free;
        _free = number;
        if (--Count == 0)
        {
            // Nothing waits: after a burst its pages go back.
            _free = -1;
            _fresh = 0;
            if (_pages.Count > 1)
            {
                _pages.RemoveRange(1, _pages.Count - 1);
            }
        }
    }

    internal struct Node
    {
        public uint Timestamp;
        public int Next;
        public double Value;
    }
}
