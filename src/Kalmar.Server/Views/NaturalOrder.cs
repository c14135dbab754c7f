namespace Kalmar.Server.Views;

/// <summary>Orders texts with the numbers in them taken as numbers (osd.2 before osd.10), other things by themselves. Nulls are alike.</summary>
internal sealed class NaturalOrder : IComparer<IComparable?>
{
    /// <summary>The only one.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(IComparable? x, IComparable? y) => (x, y) switch
    {
        (string a, string b) => Compare(a, b),
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => x.CompareTo(y),
    };

    private static int Compare(string a, string b)
    {
        int i = 0;
        int j = 0;
        while (i < a.Length && j < b.Length)
        {
            int order;
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                ReadOnlySpan<char> x = Digits(a, ref i);
                ReadOnlySpan<char> y = Digits(b, ref j);
                order = x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
            }
            else
            {
                order = char.ToUpperInvariant(a[i++]).CompareTo(char.ToUpperInvariant(b[j++]));
            }

            if (order != 0)
            {
                return order;
            }
        }

        int rest = (a.Length - i).CompareTo(b.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(a, b);
    }

    // A run of digits without its leading zeros.
    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
