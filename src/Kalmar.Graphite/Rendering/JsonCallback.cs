namespace Kalmar.Graphite.Rendering;

/// <summary>The name of the function that a script wants JSON wrapped in.</summary>
public static class JsonCallback
{
    /// <summary>Whether the text is nothing but a name: letters, digits, <c>_ $ . [ ]</c>. Anything else could be a script.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 256 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '[' or ']');
    }
}
