using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Manager.Clusters;

/// <content>What the monitors push: the maps.</content>
public sealed partial class ClusterMonitor
{
    private async Task ConnectAndFollowAsync(RadosCluster cluster, CancellationToken stop)
    {
        await ConnectAsync(cluster, stop).ConfigureAwait(false);
        var id = new ClusterId(cluster.Monitors.Fsid);
        Update(s => s with { Id = id });
        Answered(cluster);
        Volatile.Write(ref _cluster, cluster);
        using var metadataWanted = new SemaphoreSlim(0);
        var follower = new OsdMapFollower();
        List<Task> loops =
        [
            FollowAsync(cluster, SubscriptionNames.MonMap, (m, _) => TakeMonMap(cluster, m), stop),
            FollowAsync(cluster, SubscriptionNames.OsdMap, (m, subscription) => TakeOsdMap(cluster, follower, m, subscription, metadataWanted), stop),
            FollowAsync(cluster, SubscriptionNames.MgrMap, (m, _) => TakeMgrMap(cluster, m), stop),
            FollowAsync(cluster, SubscriptionNames.FsMap, (m, _) => TakeFsMap(cluster, m), stop),
            FollowAsync(cluster, SubscriptionNames.ServiceMap, (m, _) => TakeServiceMap(cluster, m), stop),
            PollAsync(cluster, _options.StatusInterval, AskStatusAsync, null, stop),
        ];
        if (!_options.StatusOnly)
        {
            loops.Add(PollAsync(cluster, _options.UsageInterval, AskUsageAsync, null, stop));
            loops.Add(PollAsync(cluster, _options.MetadataInterval, AskMetadataAsync, metadataWanted, stop));
        }

        await Task.WhenAll(loops).ConfigureAwait(false);
    }

    private static async Task ConnectAsync(RadosCluster cluster, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await cluster.Monitors.ConnectAsync(stop).ConfigureAwait(false);
                return;
            }
            catch (CephConnectionException) when (!stop.IsCancellationRequested)
            {
                // The client goes on trying in the background; the loop that watches the contact tells why it fails.
            }
        }
    }

    private async Task FollowAsync(
        RadosCluster cluster, string what, Action<RawMessage, MonitorSubscription> take, CancellationToken stop)
    {
        using MonitorSubscription subscription = cluster.Monitors.Subscribe(what);
        await foreach (RawMessage message in subscription.ReadAllAsync(stop).ConfigureAwait(false))
        {
            try
            {
                take(message, subscription);
            }
            catch (CephProtocolException e)
            {
                ManagerLog.AnswerRefused(_logger, _options.Name, what, e.Message);
            }
        }
    }

    private static string Source(RadosCluster cluster, string what) => $"mon.{cluster.Monitors.Status.Monitor ?? "?"} {what}";

    private static T Decode<T>(ReadOnlyMemory<byte> bytes, string what)
        where T : IWireEncodable<T>
    {
        var reader = new WireReader(bytes.Span, what);
        return T.Read(ref reader);
    }

    private void TakeMonMap(RadosCluster cluster, RawMessage message)
    {
        MonMap map = Decode<MonMap>(message.As<MMonMap>().Map, "MonMap");
        DateTimeOffset now = _time.GetUtcNow();
        Update(s => s with { MonMap = new Part<MonMap>(map, map.Epoch, now, Source(cluster, "monmap")) });
    }

    private void TakeMgrMap(RadosCluster cluster, RawMessage message)
    {
        MgrMap map = Decode<MgrMap>(message.As<MMgrMap>().Map, "MgrMap");
        DateTimeOffset now = _time.GetUtcNow();
        Update(s => s with { MgrMap = new Part<MgrMap>(map, map.Epoch, now, Source(cluster, "mgrmap")) });
    }

    private void TakeFsMap(RadosCluster cluster, RawMessage message)
    {
        FsMap map = Decode<FsMap>(message.As<MFsMap>().Map, "FSMap");
        DateTimeOffset now = _time.GetUtcNow();
        Update(s => s with { FsMap = new Part<FsMap>(map, map.Epoch, now, Source(cluster, "fsmap")) });
    }

    private void TakeServiceMap(RadosCluster cluster, RawMessage message)
    {
        ServiceMap map = Decode<ServiceMap>(message.As<MServiceMap>().Map, "ServiceMap");
        DateTimeOffset now = _time.GetUtcNow();
        Update(s => s with { ServiceMap = new Part<ServiceMap>(map, map.Epoch, now, Source(cluster, "servicemap")) });
    }

    private void TakeOsdMap(
        RadosCluster cluster, OsdMapFollower follower, RawMessage message, MonitorSubscription subscription, SemaphoreSlim metadataWanted)
    {
        bool needsFull = true;
        try
        {
            if (follower.Take(message.As<MOsdMap>(), out needsFull))
            {
                OsdMap map = follower.Current!;
                int upBefore = Snapshot.OsdMap?.Value.UpCount ?? -1;
                DateTimeOffset now = _time.GetUtcNow();
                Update(s => s with { OsdMap = new Part<OsdMap>(map, map.Epoch, now, Source(cluster, "osdmap")) });
                if (map.UpCount != upBefore)
                {
                    metadataWanted.Release();
                }
            }
        }
        finally
        {
            if (needsFull)
            {
                follower.Forget();
                subscription.Restart();
            }
        }
    }
}
