namespace Kalmar.Graphite.Rendering;

/// <summary>The name of the function that a script wants JSON wrapped in.</summary>
public static class JsonCallback
{
    /// <summary>The name in parameter <c>jsonp</c>, or null when there is none: letters, digits, <c>_ $ . [ ]</c>. Anything else could be a script.</summary>
    /// <exception cref="GraphiteException">It is no name.</exception>
    public static string? Of(RenderParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return parameters["jsonp"] is not { } name ? null
            : name.Length is > 0 and <= 256 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '[' or ']') ? name
            : throw new GraphiteException("jsonp is not the name of a function");
    }
}
