using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Kalmar.Carbon.Pickle;

/// <summary>
/// Reads the part of Python's pickle (protocols 0 to 5) that numbers, strings, lists, tuples and dictionaries need. Nothing is ever
/// called or looked up: every other opcode is refused by its number. Work and memory are bounded by the pickle's length.
/// Source of the format: the documentation of Python's <c>pickletools</c>.
/// </summary>
internal ref struct PickleReader
{
    private const int MaxStack = 1 << 20;
    private const int MaxMemo = 1 << 20;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<PickleValue> _stack = [];
    private readonly Dictionary<uint, PickleValue> _memo = [];
    private int _at;

    private PickleReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads one value.</summary>
    /// <exception cref="PickleException">It cannot be read or has something else in it.</exception>
    public static PickleValue Read(ReadOnlySpan<byte> bytes) => new PickleReader(bytes).Run();

    private PickleValue Run()
    {
        while (true)
        {
            byte opcode = Take(1)[0];
            if (opcode == (byte)'.')
            {
                return Pop();
            }

            Step(opcode);
            if (_stack.Count > MaxStack || _memo.Count > MaxMemo)
            {
                throw new PickleException($"too many values at byte {_at}");
            }
        }
    }

    private void Step(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: // PROTO
                Take(1);
                break;
            case 0x95: // FRAME
                Take(8);
                break;
            case (byte)'(':
                _stack.Add(PickleValue.Mark);
                break;
            case (byte)'0':
                Pop();
                break;
            case (byte)'1':
                PopToMark();
                break;
            case (byte)'2':
                _stack.Add(Top());
                break;
            case (byte)'N':
                _stack.Add(PickleValue.None);
                break;
            case 0x88:
                _stack.Add(PickleValue.OfBoolean(true));
                break;
            case 0x89:
                _stack.Add(PickleValue.OfBoolean(false));
                break;
            case (byte)'K':
                _stack.Add(PickleValue.OfInteger(Take(1)[0]));
                break;
            case (byte)'M':
                _stack.Add(PickleValue.OfInteger(BinaryPrimitives.ReadUInt16LittleEndian(Take(2))));
                break;
            case (byte)'J':
                _stack.Add(PickleValue.OfInteger(BinaryPrimitives.ReadInt32LittleEndian(Take(4))));
                break;
            case (byte)'G':
                _stack.Add(PickleValue.OfReal(BinaryPrimitives.ReadDoubleBigEndian(Take(8))));
                break;
            case 0x8a:
                _stack.Add(Long(Take(1)[0]));
                break;
            case 0x8b:
                _stack.Add(Long(Length4()));
                break;
            case (byte)'I' or (byte)'L' or (byte)'F':
                _stack.Add(NumberLine(opcode));
                break;
            case (byte)'X' or (byte)'T' or (byte)'B':
                Text(Length4());
                break;
            case 0x8c or (byte)'U' or (byte)'C':
                Text(Take(1)[0]);
                break;
            case 0x8d or 0x8e:
                Text(Length8());
                break;
            case (byte)'V' or (byte)'S':
                TextLine(opcode);
                break;
            default:
                StepCollection(opcode);
                break;
        }
    }

    private void StepCollection(byte opcode)
    {
        switch (opcode)
        {
            case (byte)']':
                _stack.Add(PickleValue.Of(PickleKind.List, []));
                break;
            case (byte)')':
                _stack.Add(PickleValue.Of(PickleKind.Tuple, []));
                break;
            case (byte)'}':
                _stack.Add(PickleValue.Of(PickleKind.Dictionary, []));
                break;
            case (byte)'l':
                _stack.Add(PickleValue.Of(PickleKind.List, PopToMark()));
                break;
            case (byte)'t':
                _stack.Add(PickleValue.Of(PickleKind.Tuple, PopToMark()));
                break;
            case (byte)'d':
                _stack.Add(PickleValue.Of(PickleKind.Dictionary, PopToMark()));
                break;
            case 0x85 or 0x86 or 0x87:
                Tuple(opcode - 0x84);
                break;
            case (byte)'a':
                PickleValue item = Pop();
                Collection(PickleKind.List).Add(item);
                break;
            case (byte)'e':
                List<PickleValue> items = PopToMark();
                Collection(PickleKind.List).AddRange(items);
                break;
            case (byte)'s':
                PickleValue value = Pop();
                PickleValue key = Pop();
                Collection(PickleKind.Dictionary).AddRange([key, value]);
                break;
            case (byte)'u':
                List<PickleValue> pairs = PopToMark();
                Collection(PickleKind.Dictionary).AddRange(pairs);
                break;
            case 0x94:
                _memo[(uint)_memo.Count] = Top();
                break;
            case (byte)'q':
                _memo[Take(1)[0]] = Top();
                break;
            case (byte)'r':
                _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top();
                break;
            case (byte)'p':
                _memo[NumberOfMemo()] = Top();
                break;
            case (byte)'h':
                Recall(Take(1)[0]);
                break;
            case (byte)'j':
                Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));
                break;
            case (byte)'g':
                Recall(NumberOfMemo());
                break;
            default:
                throw new PickleException($"opcode 0x{opcode:x2} at byte {_at - 1} is refused: only numbers, strings, lists, tuples and dictionaries are read");
        }
    }

    private void Tuple(int count)
    {
        if (_stack.Count < count)
        {
            throw Short();
        }

        List<PickleValue> items = _stack.GetRange(_stack.Count - count, count);
        if (items.Exists(i => i.Kind == PickleKind.Mark))
        {
            throw Short();
        }

        _stack.RemoveRange(_stack.Count - count, count);
        _stack.Add(PickleValue.Of(PickleKind.Tuple, items));
    }

    private readonly List<PickleValue> Collection(PickleKind kind)
    {
        PickleValue top = Top();
        return top.Kind == kind ? top.Items : throw new PickleException($"an item is added to no {kind} at byte {_at}");
    }

    private readonly void Recall(uint number) =>
        _stack.Add(_memo.TryGetValue(number, out PickleValue value) ? value : throw new PickleException($"value {number} is asked for before it was kept, at byte {_at}"));

    private PickleValue Long(int length)
    {
        ReadOnlySpan<byte> bytes = Take(length);
        if (length > 8)
        {
            throw new PickleException($"a number of {length} bytes at byte {_at}");
        }

        long value = 0;
        for (int i = 0; i < length; i++)
        {
            value |= (long)bytes[i] << (8 * i);
        }

        if (length is > 0 and < 8 && (bytes[^1] & 0x80) != 0)
        {
            value |= -1L << (8 * length);
        }

        return PickleValue.OfInteger(value);
    }

    private PickleValue NumberLine(byte opcode)
    {
        ReadOnlySpan<byte> text = Line();
        if (opcode == (byte)'I' && text.SequenceEqual("01"u8))
        {
            return PickleValue.OfBoolean(true);
        }

        if (opcode == (byte)'I' && text.SequenceEqual("00"u8))
        {
            return PickleValue.OfBoolean(false);
        }

        if (opcode == (byte)'F')
        {
            return Receivers.LineParser.TryNumber(text, out double real) ? PickleValue.OfReal(real) : throw Short();
        }

        text = text.TrimEnd((byte)'L');
        return Utf8Parser.TryParse(text, out long number, out int used) && used == text.Length
            ? PickleValue.OfInteger(number)
            : throw new PickleException($"no number before byte {_at}");
    }

    private void Text(int length)
    {
        int start = _at;
        Take(length);
        _stack.Add(PickleValue.OfText(start, length));
    }

    private void TextLine(byte opcode)
    {
        ReadOnlySpan<byte> line = Line();
        if (opcode == (byte)'S')
        {
            if (line.Length < 2 || line[0] != line[^1] || line[0] is not ((byte)'\'' or (byte)'"'))
            {
                throw new PickleException($"a string without quotes before byte {_at}");
            }

            line = line[1..^1];
        }

        if (line.Contains((byte)'\\'))
        {
            throw new PickleException($"a string with escapes before byte {_at}");
        }

        // Python's V is Latin-1 beyond ASCII.
        _stack.Add(opcode == (byte)'V' ? PickleValue.OfText(Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(line))) : PickleValue.OfText(line.ToArray()));
    }

    private uint NumberOfMemo()
    {
        ReadOnlySpan<byte> text = Line();
        return Utf8Parser.TryParse(text, out uint number, out int used) && used == text.Length ? number : throw Short();
    }

    private ReadOnlySpan<byte> Line()
    {
        int length = _bytes[_at..].IndexOf((byte)'\n');
        return length < 0 ? throw Short() : Take(length + 1)[..length];
    }

    private int Length4()
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        return length <= _bytes.Length ? (int)length : throw Short();
    }

    private int Length8()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        return length <= (ulong)_bytes.Length ? (int)length : throw Short();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
        {
            throw Short();
        }

        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    private readonly PickleValue Top() => _stack.Count > 0 && _stack[^1].Kind != PickleKind.Mark ? _stack[^1] : throw Short();

    private readonly PickleValue Pop()
    {
        PickleValue top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private readonly List<PickleValue> PopToMark()
    {
        int mark = _stack.FindLastIndex(v => v.Kind == PickleKind.Mark);
        if (mark < 0)
        {
            throw Short();
        }

        List<PickleValue> items = _stack.GetRange(mark + 1, _stack.Count - mark - 1);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private readonly PickleException Short() => new($"the pickle is cut short or wrong at byte {_at}");
}
