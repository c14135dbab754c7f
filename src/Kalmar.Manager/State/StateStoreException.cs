namespace Kalmar.Manager.State;

/// <summary>The state store could not be opened, read or written. The message says which store, what failed and what to do.</summary>
public sealed class StateStoreException : Exception
{
    /// <summary>An error without words; for the serializer's sake only.</summary>
    public StateStoreException()
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">What failed, where, and what to do.</param>
    public StateStoreException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    /// <param name="message">What failed, where, and what to do.</param>
    /// <param name="innerException">What the database said.</param>
    public StateStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
