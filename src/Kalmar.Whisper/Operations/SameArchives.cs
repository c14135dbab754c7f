namespace Kalmar.Whisper.Operations;

/// <summary>What operations on two files have in common.</summary>
internal static class SameArchives
{
    public static void Demand(WhisperFile first, WhisperFile second)
    {
        if (!first.Header.Archives.SequenceEqual(second.Header.Archives))
        {
            throw new WhisperConfigurationException(
                $"{first.Path} keeps {first.Header.Retentions}, {second.Path} keeps {second.Header.Retentions}; resize one of them first");
        }
    }

    public static IEnumerable<int> ByRetention(WhisperHeader header) =>
        Enumerable.Range(0, header.Archives.Length).OrderBy(i => header.Archives[i].Retention);
}
