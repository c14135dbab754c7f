namespace Kalmar.Whisper.Pickle;

/// <summary>A pickle that cannot be read, or that has in it what is not read here.</summary>
public sealed class PickleException(string message) : Exception(message);
