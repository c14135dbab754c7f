using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Kalmar.Whisper.Pickle;

/// <summary>
/// Reads the part of Python's pickle (protocols 0 to 5) that numbers, strings, lists, tuples and dictionaries need. Nothing is ever
/// called or looked up: every other opcode is refused by its number. Objects of classes that the caller names are read as data: what they were made
/// from and their state, never as something that runs. Work and memory are bounded by the pickle's length and the most values.
/// Source of the format: the documentation of Python's <c>pickletools</c>.
/// </summary>
internal ref struct PickleReader
{
    private const int MaxStack = 1 << 20;
    private const int MaxMemo = 1 << 20;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<PickleValue> _stack = [];
    private readonly Dictionary<uint, PickleValue> _memo = [];
    private readonly ReadOnlySpan<string> _classes;
    private int _at;
    private int _room;

    private PickleReader(ReadOnlySpan<byte> bytes, ReadOnlySpan<string> classes, int maxValues)
    {
        _bytes = bytes;
        _classes = classes;
        _room = maxValues;
    }

    /// <summary>Reads one value.</summary>
    /// <param name="bytes">The pickle.</param>
    /// <param name="classes">Classes (<c>module.Name</c>) whose objects are read as data; all others are refused.</param>
    /// <param name="maxValues">The most opcodes, and so the most values.</param>
    /// <exception cref="PickleException">It cannot be read or has something else in it.</exception>
    public static PickleValue Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<string> classes = default, int maxValues = int.MaxValue) =>
        new PickleReader(bytes, classes, maxValues).Run();

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
            if (_stack.Count > MaxStack || _memo.Count > MaxMemo || --_room < 0)
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
                StepObject(opcode);
                break;
        }
    }

    private void StepObject(byte opcode)
    {
        if (_classes.IsEmpty)
        {
            throw new PickleException($"opcode 0x{opcode:x2} at byte {_at - 1} is refused: only numbers, strings, lists, tuples and dictionaries are read");
        }

        switch (opcode)
        {
            case (byte)'c':
                Class(Line(), Line());
                break;
            case 0x93: // STACK_GLOBAL
                PickleValue name = Pop();
                PickleValue module = Pop();
                Class(TextOf(module), TextOf(name));
                break;
            case 0x81: // NEWOBJ
                PickleValue arguments = Pop();
                Object(Pop(), arguments);
                break;
            case (byte)'o': // OBJ
                List<PickleValue> parts = PopToMark();
                Object(parts.Count > 0 ? parts[0] : throw Short(), PickleValue.Of(PickleKind.Tuple, parts[1..]));
                break;
            case (byte)'i': // INST
                List<PickleValue> made = PopToMark();
                Class(Line(), Line());
                Object(Pop(), PickleValue.Of(PickleKind.Tuple, made));
                break;
            case (byte)'b': // BUILD
                PickleValue state = Pop();
                Collection(PickleKind.Object).Add(state);
                break;
            default:
                throw new PickleException($"opcode 0x{opcode:x2} at byte {_at - 1} is refused: nothing in a pickle is run");
        }
    }

    private readonly void Class(ReadOnlySpan<byte> module, ReadOnlySpan<byte> name)
    {
        string full = $"{Encoding.UTF8.GetString(module)}.{Encoding.UTF8.GetString(name)}";
        _stack.Add(_classes.Contains(full) ? PickleValue.OfName(full) : throw new PickleException($"class '{full}' before byte {_at} is refused"));
    }

    private readonly void Object(PickleValue type, PickleValue arguments) =>
        _stack.Add(type.Kind == PickleKind.Name ? PickleValue.Of(PickleKind.Object, [arguments]) : throw Short());

    private readonly ReadOnlySpan<byte> TextOf(PickleValue value) => value.Kind == PickleKind.Text ? value.Text(_bytes) : throw Short();

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
            return PickleValue.OfReal(Real(text));
        }

        text = text.TrimEnd((byte)'L');
        return Utf8Parser.TryParse(text, out long number, out int used) && used == text.Length
            ? PickleValue.OfInteger(number)
            : throw new PickleException($"no number before byte {_at}");
    }

    // As Python writes them: 1.5, 1e-05, inf, -inf, nan.
    private readonly double Real(ReadOnlySpan<byte> text) => text switch
    {
        _ when text.SequenceEqual("inf"u8) => double.PositiveInfinity,
        _ when text.SequenceEqual("-inf"u8) => double.NegativeInfinity,
        _ when text.SequenceEqual("nan"u8) || text.SequenceEqual("-nan"u8) => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : throw Short(),
    };

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
