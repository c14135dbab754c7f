namespace Kalmar.Whisper;

/// <summary>A retention policy, aggregation method or xFilesFactor that no Whisper file can have.</summary>
public sealed class WhisperConfigurationException(string message) : WhisperException(message);
