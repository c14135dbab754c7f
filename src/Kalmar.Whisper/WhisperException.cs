namespace Kalmar.Whisper;

/// <summary>The root of what can go wrong with a Whisper file apart from the operating system's own errors.</summary>
public class WhisperException : IOException
{
    /// <summary>Makes an exception with a one-line message.</summary>
    public WhisperException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a one-line message and its cause.</summary>
    public WhisperException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public WhisperException()
    {
    }
}
