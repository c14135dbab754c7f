namespace Kalmar.Whisper;

/// <summary>A file that is not a whole Whisper file; nothing in it was changed.</summary>
public sealed class WhisperCorruptException(WhisperDamage damage, string path, string detail)
    : WhisperException($"{path}: not a sound Whisper file: {detail}")
{
    /// <summary>What is wrong.</summary>
    public WhisperDamage Damage { get; } = damage;

    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
