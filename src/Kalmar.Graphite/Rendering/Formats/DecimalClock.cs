using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>
/// Stamps as decimal text that is counted up in place: adding the step's digits to the last stamp's is half the work of dividing anew for each point.
/// </summary>
internal struct DecimalClock
{
    private Digits _digits;
    private long _now;
    private readonly long _step;
    private int _length;

    public DecimalClock(long start, long step)
    {
        (_now, _step) = (start, step);
        Utf8Formatter.TryFormat(start, _digits, out _length);
    }

    /// <summary>Writes the stamp.</summary>
    public readonly void Write(Utf8Output output) => output.Write(((ReadOnlySpan<byte>)_digits)[.._length]);

    /// <summary>Goes on by one step.</summary>
    public void Advance()
    {
        var before = _now;
        _now += _step;
        if (before < 0 || _step >= 1_000_000_000)
        {
            Utf8Formatter.TryFormat(_now, _digits, out _length);
            return;
        }

        var carry = (uint)_step;
        for (var i = _length - 1; carry > 0; i--)
        {
            if (i < 0)
            {
                Utf8Formatter.TryFormat(_now, _digits, out _length);
                return;
            }

            var sum = (uint)(_digits[i] - '0') + carry;
            carry = sum / 10;
            _digits[i] = (byte)('0' + (sum - (carry * 10)));
        }
    }

    [InlineArray(20)]
    private struct Digits
    {
        private byte _first;
    }
}
