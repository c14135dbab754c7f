namespace Kalmar.Rados.Maps;

/// <summary>Changes some entries of an immutable list; copies it at the first change only.</summary>
internal sealed class ListEdit<T>(ValueList<T> source)
{
    private T[]? _copy;

    public T this[int index]
    {
        get => _copy is null ? source[index] : _copy[index];
        set => (_copy ??= source.AsSpan().ToArray())[index] = value;
    }

    public int Count => _copy?.Length ?? source.Count;

    /// <summary>Makes the list longer or shorter; new entries get <paramref name="value"/>.</summary>
    public void Resize(int count, T value)
    {
        if (count == Count)
        {
            return;
        }

        T[] copy = _copy ?? source.AsSpan().ToArray();
        int old = copy.Length;
        Array.Resize(ref copy, count);
        if (count > old)
        {
            Array.Fill(copy, value, old, count - old);
        }

        _copy = copy;
    }

    public ValueList<T> Result => _copy is null ? source : new ValueList<T>(_copy);
}
