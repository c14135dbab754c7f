namespace Kalmar.Graphite;

/// <summary>A request that cannot be answered, with a one-line message for the person who sent it.</summary>
public class GraphiteException : Exception
{
    /// <summary>Makes the error with its message and HTTP status.</summary>
    public GraphiteException(string message, int status = 400, Exception? inner = null) : base(message, inner) => Status = status;

    /// <summary>Makes the error without a message.</summary>
    public GraphiteException() : this("bad request") { }

    /// <summary>Makes the error with its message.</summary>
    public GraphiteException(string message) : this(message, 400) { }

    /// <summary>Makes the error with its message and cause.</summary>
    public GraphiteException(string message, Exception innerException) : this(message, 400, innerException) { }

    /// <summary>The HTTP status that fits: 400 for a wrong request, 422 for one that is refused because of a limit.</summary>
    public int Status { get; }

    internal static GraphiteException Limit(string what) => new(what, 422);
}
