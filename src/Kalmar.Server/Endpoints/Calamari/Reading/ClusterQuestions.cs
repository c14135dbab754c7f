using System.Collections.Concurrent;
using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>
/// Asks over the connection that watches the cluster. Many who ask the same at once get one answer, which is kept for a second, but not beyond the end of a
/// request: who reads after it is complete sees what it did.
/// </summary>
internal sealed class ClusterQuestions(IClusterDirectory clusters, TimeProvider time, IRequestService? requests = null) : IClusterQuestions
{
    private const int MaxKept = 64;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, (Task<CommandResult> Answer, long Asked)> _kept = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<CommandResult> AskAsync(ClusterSnapshot cluster, string target, CephCommand command, CancellationToken cancellationToken)
    {
        RadosCluster client = Client(cluster);
        string key = $"{requests?.Ended} {cluster.Id} {target} {command.ToJson()}";
        (Task<CommandResult> answer, _) = _kept.AddOrUpdate(
            key,
            _ => (SendAsync(client, target, command), time.GetTimestamp()),
            (_, kept) => kept.Answer.IsCompleted && (kept.Answer.IsFaulted || time.GetElapsedTime(kept.Asked) > Freshness)
                ? (SendAsync(client, target, command), time.GetTimestamp())
                : kept);
        Forget();
        return await WaitAsync(cluster, target, answer, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(ClusterSnapshot cluster, string target, CephCommand command, CancellationToken cancellationToken) =>
        WaitAsync(cluster, target, SendAsync(Client(cluster), target, command), cancellationToken);

    private static async Task<CommandResult> WaitAsync(ClusterSnapshot cluster, string target, Task<CommandResult> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(cancellationToken);
        }
        catch (CephException e)
        {
            throw ApiException.Unavailable($"{target} of cluster '{cluster.Name}' does not answer: {e.Message}");
        }
    }

    private RadosCluster Client(ClusterSnapshot cluster) => cluster.Id is { } id && (clusters as ClusterDirectory)?.FindMonitor(id)?.Cluster is { } client
        ? client
        : throw ApiException.Unavailable($"cluster '{cluster.Name}' is not reachable: {cluster.Contact.Detail}");

    // Not ended by whoever asked first: others may wait for the same answer. The time-out ends it.
    private static async Task<CommandResult> SendAsync(RadosCluster client, string target, CephCommand command)
    {
        int dot = target.IndexOf('.', StringComparison.Ordinal);
        (string type, string name) = dot < 0 ? (target, "") : (target[..dot], target[(dot + 1)..]);
        return (type, name) switch
        {
            ("mon", "") => await client.CommandAsync(command, default, Timeout),
            ("mon", _) => await client.TellMonAsync(name, command, Timeout),
            ("mgr", _) => await client.MgrCommandAsync(command, default, Timeout),
            ("osd", _) => await client.TellOsdAsync(new OsdId(int.Parse(name, CultureInfo.InvariantCulture)), command, Timeout),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, "no such kind of daemon"),
        };
    }

    private void Forget()
    {
        if (_kept.Count <= MaxKept)
        {
            return;
        }

        foreach ((string key, (Task<CommandResult> answer, long asked)) in _kept)
        {
            if (answer.IsCompleted && time.GetElapsedTime(asked) > Freshness)
            {
                _kept.TryRemove(key, out _);
            }
        }
    }
}
