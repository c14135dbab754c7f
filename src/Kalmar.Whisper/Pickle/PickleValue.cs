namespace Kalmar.Whisper.Pickle;

/// <summary>A value in a pickle; text is a place in the bytes that were read, so that it need not be copied.</summary>
internal readonly struct PickleValue
{
    private readonly object? _reference;
    private readonly long _bits;

    private PickleValue(PickleKind kind, long bits, object? reference)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    public PickleKind Kind { get; }

    public static PickleValue None => new(PickleKind.None, 0, null);

    public static PickleValue Mark => new(PickleKind.Mark, 0, null);

    public long Integer => _bits;

    public double Real => Kind == PickleKind.Real ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    /// <summary>Items of a list or tuple; keys and values in turn of a dictionary; of an object what it was made from and then its state.</summary>
    public List<PickleValue> Items => (List<PickleValue>)_reference!;

    public static PickleValue OfBoolean(bool value) => new(PickleKind.Boolean, value ? 1 : 0, null);

    public static PickleValue OfInteger(long value) => new(PickleKind.Integer, value, null);

    public static PickleValue OfReal(double value) => new(PickleKind.Real, BitConverter.DoubleToInt64Bits(value), null);

    public static PickleValue OfText(int start, int length) => new(PickleKind.Text, ((long)start << 32) | (uint)length, null);

    public static PickleValue OfText(byte[] text) => new(PickleKind.Text, text.Length, text);

    public static PickleValue Of(PickleKind kind, List<PickleValue> items) => new(kind, 0, items);

    /// <summary>The name of a class. Nothing is ever looked up by it.</summary>
    public static PickleValue OfName(string name) => new(PickleKind.Name, 0, name);

    /// <summary>The value of a key of a dictionary, or <see cref="PickleKind.None"/> when it has none.</summary>
    public PickleValue this[ReadOnlySpan<byte> key, ReadOnlySpan<byte> pickle]
    {
        get
        {
            for (int i = 0; Kind == PickleKind.Dictionary && i + 1 < Items.Count; i += 2)
            {
                if (Items[i].Kind == PickleKind.Text && Items[i].Text(pickle).SequenceEqual(key))
                {
                    return Items[i + 1];
                }
            }

            return None;
        }
    }

    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> pickle) =>
        _reference is byte[] own ? own : pickle.Slice((int)(_bits >> 32), (int)_bits);
}
