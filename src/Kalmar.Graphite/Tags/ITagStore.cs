namespace Kalmar.Graphite.Tags;

/// <summary>Knows which series carry which tags. Expressions are <c>tag=value</c>, <c>tag!=value</c>, <c>tag=~regex</c> and <c>tag!=~regex</c>.</summary>
public interface ITagStore
{
    /// <summary>The paths of the series that match all expressions, in order.</summary>
    ValueTask<IReadOnlyList<string>> FindSeriesAsync(IReadOnlyList<string> expressions, CancellationToken cancellationToken);

    /// <summary>Remembers a series and returns its canonical path.</summary>
    ValueTask<string> TagSeriesAsync(string path, CancellationToken cancellationToken);

    /// <summary>Remembers several series and returns their canonical paths.</summary>
    ValueTask<IReadOnlyList<string>> TagSeriesAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken);

    /// <summary>Forgets a series; false when it was not known.</summary>
    ValueTask<bool> DeleteSeriesAsync(string path, CancellationToken cancellationToken);

    /// <summary>All tags, or those that match a regular expression from their start, in order.</summary>
    ValueTask<IReadOnlyList<TagEntry>> ListTagsAsync(string? filter, int? limit, CancellationToken cancellationToken);

    /// <summary>A tag's values with how many series have them, in order; null when there is no such tag.</summary>
    ValueTask<TagValues?> GetTagAsync(string tag, string? filter, int? limit, CancellationToken cancellationToken);

    /// <summary>Tags that begin with a prefix and occur on series that match the expressions.</summary>
    ValueTask<IReadOnlyList<string>> CompleteTagsAsync(IReadOnlyList<string> expressions, string? prefix, int limit, CancellationToken cancellationToken);

    /// <summary>Values of a tag that begin with a prefix and occur on series that match the expressions.</summary>
    ValueTask<IReadOnlyList<string>> CompleteValuesAsync(
        IReadOnlyList<string> expressions, string tag, string? prefix, int limit, CancellationToken cancellationToken);
}
