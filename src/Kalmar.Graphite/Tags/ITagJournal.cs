namespace Kalmar.Graphite.Tags;

/// <summary>Keeps the canonical paths of tagged series over a restart.</summary>
public interface ITagJournal
{
    /// <summary>All paths, in the order in which they were added.</summary>
    ValueTask<IReadOnlyList<string>> LoadSeriesAsync(CancellationToken cancellationToken);

    /// <summary>Stores paths that are new; on return they are safe.</summary>
    ValueTask AddSeriesAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>Takes paths away.</summary>
    ValueTask RemoveSeriesAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);
}
