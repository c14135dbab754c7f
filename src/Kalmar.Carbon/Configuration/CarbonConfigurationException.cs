namespace Kalmar.Carbon.Configuration;

/// <summary>A configuration file says something that cannot be; the message names file, place and key.</summary>
public sealed class CarbonConfigurationException : Exception
{
    /// <summary>Makes an exception with a one-line message.</summary>
    public CarbonConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a one-line message and its cause.</summary>
    public CarbonConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public CarbonConfigurationException()
    {
    }
}
