using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Kalmar.Graphite.Functions;

/// <summary>All functions by name. Filled from the types of this assembly that carry <see cref="RenderFunctionAttribute"/> when it is first used.</summary>
public static class FunctionRegistry
{
    private static readonly FrozenDictionary<string, FunctionDescription> s_functions = Scan();

    /// <summary>All functions in the order of their names; a function with several names is there several times.</summary>
    public static IEnumerable<FunctionDescription> All => s_functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal);

    /// <summary>Finds a function.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out FunctionDescription? function) => s_functions.TryGetValue(name, out function);

    private static FrozenDictionary<string, FunctionDescription> Scan()
    {
        Dictionary<string, FunctionDescription> functions = new(StringComparer.Ordinal);
        List<(RenderFunctionAttribute Attribute, RenderFunction Implementation)> found = [];
        foreach (var type in typeof(FunctionRegistry).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<RenderFunctionAttribute>() is { } attribute) found.Add((attribute, (RenderFunction)Activator.CreateInstance(type)!));
        }

        foreach (var (attribute, implementation) in found)
        {
            var parameters = Parameters(attribute);
            foreach (var name in attribute.Names.Split(','))
                functions.Add(name, new FunctionDescription(name, attribute, parameters, implementation));
        }

        return functions.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static List<FunctionParameter> Parameters(RenderFunctionAttribute attribute)
    {
        List<FunctionParameter> parameters = [];
        foreach (var part in attribute.Signature.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var name = part[..colon];
            var rest = part[(colon + 1)..];
            var multiple = rest.EndsWith("...", StringComparison.Ordinal);
            if (multiple) rest = rest[..^3];
            string? standard = null;
            if (rest.IndexOf('=', StringComparison.Ordinal) is > 0 and var equal) (rest, standard) = (rest[..equal], rest[(equal + 1)..]);
            var required = !rest.EndsWith('?');
            var type = rest.TrimEnd('?');
            parameters.Add(new FunctionParameter(
                name, type, required, Default(type, standard), multiple, Listed(attribute.Options, name), Listed(attribute.Suggestions, name)));
        }

        return parameters;
    }

    private static object? Default(string type, string? text) => (type, text) switch
    {
        (_, null) => null,
        ("boolean", _) => text == "True",
        ("integer" or "float" or "node", _) when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        ("float", _) => double.Parse(text, CultureInfo.InvariantCulture),
        ("intOrInf", _) => double.PositiveInfinity,
        _ => text,
    };

    private static string[] Listed(string? lists, string name)
    {
        foreach (var list in lists?.Split(';', StringSplitOptions.TrimEntries) ?? [])
        {
            if (list.StartsWith(name + ":", StringComparison.Ordinal)) return list[(name.Length + 1)..].Split(',', StringSplitOptions.TrimEntries);
        }

        return [];
    }
}
