using Kalmar.Carbon.Cache;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Writing;

/// <summary>How points get from the cache to their files.</summary>
public sealed record WriterOptions
{
    /// <summary>The folder that the files lie under (<c>LOCAL_DATA_DIR</c>).</summary>
    public required string DataFolder { get; init; }

    /// <summary>How files are made and written.</summary>
    public WhisperOptions Files { get; init; } = WhisperOptions.Default;

    /// <summary>Which series are written first (<c>CACHE_WRITE_STRATEGY</c>).</summary>
    public WriteStrategy Strategy { get; init; } = WriteStrategy.Sorted;

    /// <summary>Files written in a second at most (<c>MAX_UPDATES_PER_SECOND</c>).</summary>
    public double MaxUpdatesPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>The same while stopping (<c>MAX_UPDATES_PER_SECOND_ON_SHUTDOWN</c>).</summary>
    public double MaxUpdatesPerSecondOnShutdown { get; init; } = double.PositiveInfinity;

    /// <summary>New files in a minute at most (<c>MAX_CREATES_PER_MINUTE</c>); what is over waits in the cache.</summary>
    public double MaxCreatesPerMinute { get; init; } = double.PositiveInfinity;

    /// <summary>How long points are gathered, so that a file is opened once for several of them. When nothing comes in, they are
    /// written at once.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long until the next attempt after the disk refused.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long stopping may take while the disk refuses; what is left then is counted as lost.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether files of tagged series lie under the hash of their name (<c>TAG_HASH_FILENAMES</c>); older readable names are
    /// found and renamed.</summary>
    public bool HashTaggedNames { get; init; } = true;

    /// <summary>Rounds without points after which a series is forgotten by the cache (its file stays).</summary>
    public int ForgetAfterRounds { get; init; } = 20_000;
}
