using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Schemas;
using Kalmar.Carbon.Writing;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Writing;

/// <summary>Starts a writer with one retention for all.</summary>
internal sealed class WriterOptionsFactory(MetricCache cache, TemporaryFolder folder)
{
    public WhisperWriter Start()
    {
        var options = new WriterOptions { DataFolder = folder.Path, Files = new WhisperOptions { Sparse = true } };
        var writer = new WhisperWriter(cache, options, StorageSchemas.Uniform(RetentionPolicy.Parse("60s:1d")), StorageAggregation.Default);
        writer.Start();
        return writer;
    }
}
