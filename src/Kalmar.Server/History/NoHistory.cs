namespace Kalmar.Server.History;

/// <summary>Stands in when the host keeps no history: every series is empty.</summary>
internal sealed class NoHistory : IHistory
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<HistorySeries>> ReadAsync(
        string target, DateTimeOffset from, DateTimeOffset until, int maxPoints, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HistorySeries>>([]);
}
