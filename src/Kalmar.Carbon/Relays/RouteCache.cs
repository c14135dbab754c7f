namespace Kalmar.Carbon.Relays;

/// <summary>
/// Remembers the route of each name by 64 bits of its seeded hash, so that a known name costs a look at a table instead of MD5 or
/// rules. Bounded: when full it begins anew. Not thread-safe.
/// </summary>
internal sealed class RouteCache
{
    private const int MaxSlots = 1 << 18;

    private (ulong Hash, int Route)[] _slots = new (ulong, int)[1024];
    private int _count;

    public bool TryGet(ulong hash, out int route)
    {
        hash |= 1;
        int mask = _slots.Length - 1;
        for (int i = (int)(hash >> 20) & mask; ; i = (i + 1) & mask)
        {
            (ulong Hash, int Route) slot = _slots[i];
            if (slot.Hash == hash)
            {
                route = slot.Route;
                return true;
            }

            if (slot.Hash == 0)
            {
                route = -1;
                return false;
            }
        }
    }

    public void Clear()
    {
        _slots = new (ulong, int)[1024];
        _count = 0;
    }

    public void Add(ulong hash, int route)
    {
        if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        Place(_slots, hash | 1, route);
        _count++;
    }

    private void Grow()
    {
        if (_slots.Length >= MaxSlots)
        {
            Array.Clear(_slots);
            _count = 0;
            return;
        }

        var larger = new (ulong Hash, int Route)[_slots.Length * 2];
        foreach ((ulong hash, int route) in _slots)
        {
            if (hash != 0)
            {
                Place(larger, hash, route);
            }
        }

        _slots = larger;
    }

    private static void Place((ulong Hash, int Route)[] slots, ulong hash, int route)
    {
        int mask = slots.Length - 1;
        int i = (int)(hash >> 20) & mask;
        while (slots[i].Hash != 0)
        {
            i = (i + 1) & mask;
        }

        slots[i] = (hash, route);
    }
}
