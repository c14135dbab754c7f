namespace Kalmar.Collectors;

/// <summary>A source of samples could not be read: it was missing, did not answer, or gave something that is not what it should be.</summary>
/// <param name="message">Which source and what was wrong, in one line, fit to be shown to an operator.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public sealed class CollectorException(string message, Exception? innerException = null) : Exception(message, innerException);
