using System.Buffers;

namespace Kalmar.Graphite.Rendering;

/// <summary>
/// An answer that is being written, in pooled pieces. Nothing is copied when it grows and no page is touched for the first time, which took a third of
/// the CPU of a large answer when it was one growing array. Not thread-safe; disposing gives the pieces back.
/// </summary>
public sealed class SegmentedOutput : IBufferWriter<byte>, IDisposable
{
    private const int SegmentSize = 64 * 1024;
    private readonly List<(byte[] Buffer, int Used)> _full = [];
    private byte[] _current = [];
    private int _used;
    private long _before;

    /// <summary>Bytes written so far.</summary>
    public long Length => _before + _used;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _current.Length - _used);
        _used += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _current.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _current.AsSpan(_used);
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        foreach (var (buffer, _) in _full) ArrayPool<byte>.Shared.Return(buffer);
        _full.Clear();
        (_used, _before) = (0, 0);
    }

    /// <summary>What was written, in order. Valid until the next change.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Segments()
    {
        foreach (var (buffer, used) in _full) yield return buffer.AsMemory(0, used);
        if (_used > 0) yield return _current.AsMemory(0, _used);
    }

    /// <summary>What was written, in one piece.</summary>
    public byte[] ToArray()
    {
        var whole = GC.AllocateUninitializedArray<byte>(checked((int)Length));
        var at = 0;
        foreach (var segment in Segments())
        {
            segment.Span.CopyTo(whole.AsSpan(at));
            at += segment.Length;
        }

        return whole;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        if (_current.Length > 0) ArrayPool<byte>.Shared.Return(_current);
        _current = [];
    }

    private void Ensure(int size)
    {
        if (_current.Length - _used >= Math.Max(size, 1)) return;
        if (_used > 0)
        {
            _full.Add((_current, _used));
            _before += _used;
        }
        else if (_current.Length > 0) ArrayPool<byte>.Shared.Return(_current);

        _current = ArrayPool<byte>.Shared.Rent(Math.Max(size, SegmentSize));
        _used = 0;
    }
}
