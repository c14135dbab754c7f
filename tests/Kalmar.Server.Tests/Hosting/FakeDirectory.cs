using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Tests.Hosting;

/// <summary>Clusters that a test makes up. What a snapshot holds is the test's business; the server only reads it.</summary>
internal sealed class FakeDirectory : IClusterDirectory
{
    private readonly Lock _lock = new();
    private IReadOnlyList<ClusterSnapshot> _snapshots = [];
    private long _version;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<ClusterSnapshot> Snapshots
    {
        get
        {
            lock (_lock)
            {
                return _snapshots;
            }
        }
    }

    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    /// <summary>Makes every page of a cluster fail.</summary>
    public bool IsBroken { get; set; }

    public ClusterSnapshot? Find(ClusterId id) => IsBroken ? throw new InvalidOperationException("inner workings") : Snapshots.FirstOrDefault(s => s.Id == id);

    public void Set(params ClusterSnapshot[] snapshots)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _snapshots = snapshots;
            _version++;
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    public async Task<long> WaitForChangeAsync(long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_version > version)
                {
                    return _version;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
