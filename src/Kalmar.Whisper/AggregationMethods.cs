using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Whisper;

/// <summary>The names that Whisper's tools and <c>storage-aggregation.conf</c> use for <see cref="AggregationMethod"/>.</summary>
public static class AggregationMethods
{
    private static readonly string[] InOrder = ["average", "sum", "last", "max", "min", "avg_zero", "absmax", "absmin"];

    /// <summary>All names, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names => InOrder;

    /// <summary>The name of a method, as <c>whisper-info</c> prints it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is none of the eight.</exception>
    public static string NameOf(AggregationMethod method) => IsKnown((uint)method)
        ? InOrder[(int)method - 1]
        : throw new ArgumentOutOfRangeException(nameof(method), method, "no such aggregation method");

    /// <summary>Reads a name; exact spelling, as Python's Whisper demands it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out AggregationMethod method)
    {
        int index = Array.IndexOf(InOrder, name);
        method = (AggregationMethod)(index + 1);
        return index >= 0;
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="WhisperConfigurationException">There is no such method.</exception>
    public static AggregationMethod Parse(string name) => TryParse(name, out AggregationMethod method)
        ? method
        : throw new WhisperConfigurationException($"unknown aggregation method '{name}'; use one of {string.Join(", ", InOrder)}");

    internal static bool IsKnown(uint number) => number is >= 1 and <= 8;
}
