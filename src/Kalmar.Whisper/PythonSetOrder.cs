namespace Kalmar.Whisper;

/// <summary>
/// The order in which CPython (3.7 and later) walks a set of small integers that were added one after another. Whisper propagates in
/// that order, and the first interval that reaches an empty archive becomes the archive's origin: a file is the same as Python's,
/// byte for byte, only when this order is too. The table: open addressing, up to nine neighbours probed before the next jump, four
/// times the used slots after three fifths are full.
/// </summary>
internal sealed class PythonSetOrder
{
    private const int Neighbours = 9;
    private const long Empty = -1;

    private long[] _table = new long[8];
    private int _mask;
    private int _used;

    /// <summary>The distinct numbers of <paramref name="numbers"/> in Python's order; valid until the next call.</summary>
    public IEnumerable<long> Order(IEnumerable<long> numbers)
    {
        _mask = 7;
        _used = 0;
        Array.Fill(_table, Empty, 0, 8);
        foreach (long number in numbers)
        {
            Add(number);
        }

        for (int i = 0; i <= _mask; i++)
        {
            if (_table[i] != Empty)
            {
                yield return _table[i];
            }
        }
    }

    private void Add(long number)
    {
        if (!Insert(_table, _mask, number))
        {
            return;
        }

        _used++;
        if (_used * 5L >= _mask * 3L)
        {
            Grow(_used > 50_000 ? _used * 2L : _used * 4L);
        }
    }

    private void Grow(long least)
    {
        int size = 8;
        while (size <= least)
        {
            size <<= 1;
        }

        long[] table = new long[size];
        Array.Fill(table, Empty);
        for (int i = 0; i <= _mask; i++)
        {
            if (_table[i] != Empty)
            {
                Insert(table, size - 1, _table[i]);
            }
        }

        _table = table;
        _mask = size - 1;
    }

    /// <summary>False when the number is there already.</summary>
    private static bool Insert(long[] table, int mask, long number)
    {
        ulong perturb = (ulong)number;
        ulong slot = (ulong)number & (uint)mask;
        while (true)
        {
            int probes = slot + Neighbours <= (uint)mask ? Neighbours : 0;
            for (int i = 0; i <= probes; i++)
            {
                ref long entry = ref table[(int)slot + i];
                if (entry == Empty)
                {
                    entry = number;
                    return true;
                }

                if (entry == number)
                {
                    return false;
                }
            }

            perturb >>= 5;
            slot = ((slot * 5) + 1 + perturb) & (uint)mask;
        }
    }
}
