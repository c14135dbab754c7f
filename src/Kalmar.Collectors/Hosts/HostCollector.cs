using System.Globalization;

namespace Kalmar.Collectors.Hosts;

/// <summary>A collector that reads the kernel's files of this host and publishes below <c>BRANCH.PATH</c>.</summary>
public abstract class HostCollector : ICollector
{
    private readonly string _branch;

    /// <summary>For the collectors of this library.</summary>
    /// <param name="name">The collector's name.</param>
    /// <param name="path">The node below the host's branch: Diamond's <c>path</c>.</param>
    /// <param name="hostBranch">The host's branch, see <see cref="MetricNames.HostBranch"/>.</param>
    /// <param name="options">Interval and where the files are.</param>
    private protected HostCollector(string name, string path, string hostBranch, HostCollectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Name = name;
        Interval = options.Interval;
        Options = options;
        Proc = new ProcFileSystem(options.ProcRoot);
        _branch = hostBranch + "." + path + ".";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeSpan Interval { get; }

    private protected HostCollectorOptions Options { get; }

    private protected ProcFileSystem Proc { get; }

    /// <inheritdoc/>
    public virtual Task CollectAsync(IMetricSink sink, DateTimeOffset time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        cancellationToken.ThrowIfCancellationRequested();
        Collect(new HostSamples(sink, _branch, time.ToUnixTimeSeconds()));
        return Task.CompletedTask;
    }

    private protected abstract void Collect(HostSamples samples);

    private protected HostSamples SamplesFor(IMetricSink sink, DateTimeOffset time) => new(sink, _branch, time.ToUnixTimeSeconds());

    private protected static bool TryU64(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private protected static bool TryReal(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
