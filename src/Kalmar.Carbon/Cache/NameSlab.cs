namespace Kalmar.Carbon.Cache;

/// <summary>Names one after another in pages, each found by a number; never removed one by one.</summary>
internal sealed class NameSlab
{
    private const int PageSize = 1 << 16;

    private readonly List<byte[]> _pages = [];
    private int _used = PageSize;

    /// <summary>Keeps a name.</summary>
    public long Add(ReadOnlySpan<byte> name)
    {
        if (_used + name.Length > PageSize)
        {
            _pages.Add(GC.AllocateUninitializedArray<byte>(PageSize, pinned: true));
            _used = 0;
        }

        name.CopyTo(_pages[^1].AsSpan(_used));
        long place = ((long)(_pages.Count - 1) << 16) | (uint)_used;
        _used += name.Length;
        return place;
    }

    public ReadOnlySpan<byte> Get(long place, int length) => _pages[(int)(place >> 16)].AsSpan((int)(place & 0xffff), length);
}
