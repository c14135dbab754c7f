using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>
/// Stamps of a series' points as JSON has them between two points: <c>, 1700000000], [</c>. The digits are counted up in place, and the whole is copied
/// in one move: a third of the work of formatting each number anew.
/// </summary>
internal struct DecimalClock
{
    /// <summary>Room that <see cref="Write"/> needs, used or not.</summary>
    public const int Room = 32;

    private const int Before = 2;
    private Block _block;
    private long _now;
    private readonly long _step;
    private int _length;

    public DecimalClock(long start, long step)
    {
        (_now, _step) = (start, step);
        Format();
    }

    /// <summary>Writes comma, stamp, and the brackets up to the next point; returns how many bytes count.</summary>
    public readonly int Write(Span<byte> to)
    {
        ((ReadOnlySpan<byte>)_block).CopyTo(to);
        return _length;
    }

    /// <summary>Goes on by one step.</summary>
    public void Advance()
    {
        var before = _now;
        _now += _step;
        if (before < 0 || _step >= 1_000_000_000)
        {
            Format();
            return;
        }

        var carry = (uint)_step;
        for (var i = _length - 5; carry > 0; i--)
        {
            if (i < Before)
            {
                Format();
                return;
            }

            var sum = (uint)(_block[i] - '0') + carry;
            carry = sum / 10;
            _block[i] = (byte)('0' + (sum - (carry * 10)));
        }
    }

    private void Format()
    {
        Span<byte> block = _block;
        ", "u8.CopyTo(block);
        Utf8Formatter.TryFormat(_now, block[Before..], out var digits);
        "], ["u8.CopyTo(block[(Before + digits)..]);
        _length = Before + digits + 4;
    }

    [InlineArray(Room)]
    private struct Block
    {
        private byte _first;
    }
}
