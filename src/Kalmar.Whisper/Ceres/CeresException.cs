namespace Kalmar.Whisper.Ceres;

/// <summary>A folder that is no Ceres node, or one whose files cannot be read as such; nothing was changed.</summary>
public sealed class CeresException(string path, string detail) : WhisperException($"{path}: {detail}")
{
    /// <summary>The folder or file.</summary>
    public string Path { get; } = path;
}
