namespace Kalmar.Manager.Clusters;

/// <summary>The monitors of all clusters of this process. Owns them. Thread-safe.</summary>
public sealed class ClusterDirectory : IClusterDirectory, IAsyncDisposable
{
    private readonly IReadOnlyList<ClusterMonitor> _monitors;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <summary>Takes over the monitors; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="monitors">One for each cluster, in the order of the configuration.</param>
    public ClusterDirectory(IReadOnlyList<ClusterMonitor> monitors)
    {
        ArgumentNullException.ThrowIfNull(monitors);
        _monitors = monitors;
        foreach (ClusterMonitor monitor in monitors)
        {
            monitor.SnapshotChanged += (_, _) => Changed();
        }
    }

    /// <summary>The monitors, in the order of the configuration.</summary>
    public IReadOnlyList<ClusterMonitor> Monitors => _monitors;

    /// <inheritdoc/>
    public IReadOnlyList<ClusterSnapshot> Snapshots => [.. _monitors.Select(m => m.Snapshot)];

    /// <inheritdoc/>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Begins to watch all clusters.</summary>
    public void Start()
    {
        foreach (ClusterMonitor monitor in _monitors)
        {
            monitor.Start();
        }
    }

    /// <inheritdoc/>
    public ClusterSnapshot? Find(ClusterId id) => _monitors.Select(m => m.Snapshot).FirstOrDefault(s => s.Id == id);

    /// <summary>The monitor of one cluster, or null when we watch none of that id.</summary>
    /// <param name="id">The fsid.</param>
    public ClusterMonitor? FindMonitor(ClusterId id) => _monitors.FirstOrDefault(m => m.Snapshot.Id == id);

    /// <inheritdoc/>
    public async Task<long> WaitForChangeAsync(long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_version > version)
                {
                    return _version;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops watching all clusters.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (ClusterMonitor monitor in _monitors)
        {
            await monitor.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Changed()
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            _version++;
            signal = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        signal.SetResult();
    }
}
