using System.Globalization;
using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Targets;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions;

/// <summary>A call with evaluated arguments, bound to the function's parameters.</summary>
internal sealed class FunctionCall
{
    private static readonly object s_missing = new();
    private readonly FunctionDescription _function;
    private readonly CallNode _node;
    private readonly Replacements? _replacements;
    private readonly object?[] _arguments;

    public FunctionCall(
        RenderContext context, FunctionDescription function, CallNode node, Replacements? replacements, object?[] arguments, List<KeyValuePair<string, object?>> named)
    {
        (Context, _function, _node, _replacements) = (context, function, node, replacements);
        var parameters = function.Parameters;
        var open = parameters.Count > 0 && parameters[^1].Multiple;
        if (arguments.Length > parameters.Count && !open) throw new GraphiteException($"Too many parameters specified for function \"{function.Name}\"");
        _arguments = arguments;
        foreach (var (name, value) in named)
        {
            var at = Find(name);
            if (at < 0 || at < arguments.Length) throw new GraphiteException($"{function.Name}: unexpected or repeated parameter {name}");
            if (_arguments.Length <= at)
            {
                var before = _arguments.Length;
                Array.Resize(ref _arguments, at + 1);
                Array.Fill(_arguments, s_missing, before, at - before);
            }

            _arguments[at] = value;
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Required && !Has(i)) throw new GraphiteException($"Missing required parameter \"{parameters[i].Name}\" for function \"{function.Name}\"");
        }
    }

    /// <summary>What the evaluation knows.</summary>
    public RenderContext Context { get; }

    /// <summary>The name by which the function was called.</summary>
    public string Name => _function.Name;

    /// <summary>How many arguments there are, skipped ones included.</summary>
    public int Count => _arguments.Length;

    /// <summary>Whether an argument was given; a written <c>None</c> counts.</summary>
    public bool Has(int index) => index < _arguments.Length && _arguments[index] != s_missing;

    /// <summary>Whether an argument was given and is not <c>None</c>.</summary>
    public bool HasValue(int index) => Has(index) && _arguments[index] is not null;

    /// <summary>The argument as it came; null when it is missing.</summary>
    public object? Raw(int index) => Has(index) ? _arguments[index] : null;

    /// <summary>The argument, or the parameter's default.</summary>
    public object? OrDefault(int index) => HasValue(index) ? _arguments[index] : _function.Parameters[Math.Min(index, _function.Parameters.Count - 1)].Default;

    /// <summary>A list of series.</summary>
    public List<Series> List(int index) => Raw(index) switch
    {
        List<Series> list => list,
        List<List<Series>> lists => [.. lists.SelectMany(l => l)],
        _ => throw Wrong(index, "a list of series"),
    };

    /// <summary>All series of all arguments from <paramref name="index"/> on.</summary>
    public List<Series> Lists(int index)
    {
        if (_arguments.Length == index + 1) return List(index);
        List<Series> all = [];
        for (var i = index; i < _arguments.Length; i++) all.AddRange(List(i));
        return all;
    }

    /// <summary>A number.</summary>
    public double Float(int index) => OrDefault(index) switch
    {
        long whole => whole,
        double number => number,
        bool flag => flag ? 1 : 0,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(index, "a number"),
    };

    /// <summary>A number, or null when it is missing or None.</summary>
    public double? FloatOrNull(int index) => HasValue(index) ? Float(index) : null;

    /// <summary>A whole number.</summary>
    public int Int(int index) => OrDefault(index) switch
    {
        long whole when whole is >= int.MinValue and <= int.MaxValue => (int)whole,
        double number when number == Math.Truncate(number) && Math.Abs(number) < int.MaxValue => (int)number,
        bool flag => flag ? 1 : 0,
        string text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(index, "a whole number"),
    };

    /// <summary>A whole number; infinity gives the largest one.</summary>
    public int IntOrInf(int index) => OrDefault(index) switch
    {
        double number when double.IsPositiveInfinity(number) => int.MaxValue,
        string text when text.Equals("inf", StringComparison.OrdinalIgnoreCase) => int.MaxValue,
        _ => Int(index),
    };

    /// <summary>Text; a number gives its spelling.</summary>
    public string Text(int index) => OrDefault(index) is { } value and not List<Series> ? PythonText.Str(value) : throw Wrong(index, "text");

    /// <summary>Text, or null when it is missing or None.</summary>
    public string? TextOrNull(int index) => HasValue(index) ? Text(index) : null;

    /// <summary>A truth value.</summary>
    public bool Flag(int index) => OrDefault(index) switch
    {
        bool flag => flag,
        long whole => whole != 0,
        double number => number != 0,
        string text => text.Equals("true", StringComparison.OrdinalIgnoreCase) || (text.Equals("false", StringComparison.OrdinalIgnoreCase) ? false : throw Wrong(index, "true or false")),
        null => false,
        _ => throw Wrong(index, "true or false"),
    };

    /// <summary>The arguments from <paramref name="index"/> on, as they came.</summary>
    public object?[] Rest(int index) => index < _arguments.Length ? _arguments[index..] : [];

    /// <summary>Evaluates the first argument once more in another context.</summary>
    public async ValueTask<List<Series>> AgainAsync(RenderContext context)
    {
        var value = await Evaluator.ValueOfAsync(context, _node.Arguments[0], _replacements).ConfigureAwait(false);
        return value switch
        {
            List<Series> list => list,
            List<List<Series>> lists => [.. lists.SelectMany(l => l)],
            _ => throw Wrong(0, "a list of series"),
        };
    }

    /// <summary>An error about an argument.</summary>
    public GraphiteException Wrong(int index, string expected)
    {
        var parameter = _function.Parameters.Count == 0 ? "argument" : _function.Parameters[Math.Min(index, _function.Parameters.Count - 1)].Name;
        var got = Raw(index) is { } value ? (value is List<Series> ? "series" : PythonText.Str(value)) : "None";
        return new GraphiteException($"Invalid value for function \"{_function.Name}\" parameter \"{parameter}\": {expected} is expected, not {got}");
    }

    private int Find(string name)
    {
        for (var i = 0; i < _function.Parameters.Count; i++)
        {
            if (_function.Parameters[i].Name == name) return i;
        }

        return -1;
    }
}
