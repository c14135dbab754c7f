using System.Text;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// Replaces <c>$name</c> and <c>${name}</c> in values, as Ceph does: a name is letters and underscores; one that nobody knows stays as it is.
/// A name may be another option, whose value is replaced in turn.
/// </summary>
/// <param name="find">The value of a variable, its own variables replaced, or null; the list holds the options that are being replaced.</param>
internal sealed class CephVariables(Func<string, IReadOnlyList<string>, string?> find)
{
    /// <summary>Replaces all variables.</summary>
    /// <param name="value">The text.</param>
    /// <param name="within">The options whose values are being replaced, outermost first.</param>
    public string Expand(string value, IReadOnlyList<string> within)
    {
        if (!value.Contains('$', StringComparison.Ordinal))
        {
            return value;
        }

        var result = new StringBuilder();
        int position = 0;
        while (position < value.Length)
        {
            char c = value[position++];
            if (c != '$')
            {
                result.Append(c);
                continue;
            }

            bool braced = position < value.Length && value[position] == '{';
            int start = braced ? position + 1 : position;
            int end = start;
            while (end < value.Length && (char.IsAsciiLetter(value[end]) || value[end] == '_'))
            {
                end++;
            }

            string name = value[start..end];
            position = end;
            if (braced)
            {
                if (end >= value.Length || value[end] != '}')
                {
                    result.Append('$');
                    continue;
                }

                position++;
            }

            result.Append((name.Length > 0 ? find(name, within) : null) ?? (braced && name.Length > 0 ? $"${{{name}}}" : $"${name}"));
        }

        return result.ToString();
    }
}
