using Kalmar.Server.History;

namespace Kalmar.Server.Tests.Hosting;

/// <summary>A history that has a wave for everything, with a gap in it.</summary>
internal sealed class FakeHistory : IHistory
{
    public Func<string, IReadOnlyList<HistorySeries>>? Answer { get; set; }

    public Task<IReadOnlyList<HistorySeries>> ReadAsync(
        string target, DateTimeOffset from, DateTimeOffset until, int maxPoints, CancellationToken cancellationToken)
    {
        if (Answer is not null)
        {
            return Task.FromResult(Answer(target));
        }

        double scale = target.Contains("scale", StringComparison.Ordinal) ? 3e6 : target.Contains("memory", StringComparison.Ordinal) ? 8e9 : 80;
        int phase = target.Sum(c => c) % 60;
        long step = (long)(until - from).TotalSeconds / maxPoints;
        double[] values = [.. Enumerable.Range(0, maxPoints).Select(i => i is > 60 and < 68 ? double.NaN
            : scale * (0.55 + (0.3 * Math.Sin((i + phase) / 9.0)) + (0.1 * Math.Sin((i * 7 + phase) / 5.0))))];
        return Task.FromResult<IReadOnlyList<HistorySeries>>([new HistorySeries("alpha", from.ToUnixTimeSeconds(), step, values)]);
    }
}
