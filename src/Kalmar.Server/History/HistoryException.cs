namespace Kalmar.Server.History;

/// <summary>A target could not be read; the message is fit to be shown on a page.</summary>
public sealed class HistoryException : Exception
{
    /// <summary>An error without words; for the serializer's sake only.</summary>
    public HistoryException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What is wrong.</param>
    public HistoryException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public HistoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
