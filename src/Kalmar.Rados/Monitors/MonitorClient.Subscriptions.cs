using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <content>Subscriptions.</content>
public sealed partial class MonitorClient
{
    private readonly Dictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    /// <summary>
    /// Subscribes. Best done before <see cref="ConnectAsync"/>: then the first messages come with the session. Further subscriptions to the
    /// same thing share the monitor's stream; each gets what comes from now on, the newest map first.
    /// </summary>
    /// <param name="what">See <see cref="SubscriptionNames"/>.</param>
    /// <param name="start">The first version wanted; 0 for the newest now.</param>
    /// <param name="capacity">Messages that wait for a slow reader; the oldest are dropped, and counted.</param>
    public MonitorSubscription Subscribe(string what, ulong start = 0, int capacity = 256) => Subscribe(what, start, capacity, oneTime: false);

    private MonitorSubscription Subscribe(string what, ulong start, int capacity, bool oneTime)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        var subscription = new MonitorSubscription(this, what, capacity);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_state == MonitorClientState.Closed, this);
            if (!_topics.TryGetValue(what, out Topic? topic))
            {
                _topics[what] = topic = new Topic { OneTime = true };
            }

            // Who wants one message must not end the stream of who wants them all.
            topic.OneTime &= oneTime;
            topic.Subscriptions = [.. topic.Subscriptions, subscription];
            topic.Next = start;
        }

        Request(what);
        return subscription;
    }

    /// <summary>Takes the next message of a subscription, as a rule the newest map, and ends it.</summary>
    /// <param name="what">See <see cref="SubscriptionNames"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConnectionException">The client was closed before a message came.</exception>
    public async Task<RawMessage> FetchAsync(string what, CancellationToken cancellationToken = default)
    {
        using MonitorSubscription subscription = Subscribe(what, 0, capacity: 4, oneTime: true);
        await foreach (RawMessage message in subscription.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            return message;
        }

        throw new CephConnectionException($"the monitor client was closed before {what} came");
    }

    internal void Unsubscribe(MonitorSubscription subscription)
    {
        lock (_lock)
        {
            if (_topics.TryGetValue(subscription.What, out Topic? topic))
            {
                topic.Subscriptions = [.. topic.Subscriptions.Where(s => s != subscription)];
                if (topic.Subscriptions.Length == 0)
                {
                    _topics.Remove(subscription.What);
                }
            }
        }
    }

    /// <summary>Asks for everything from a version on, unless that was asked for and has not come yet.</summary>
    internal void Resubscribe(string what, ulong start)
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue(what, out Topic? topic) || topic.IsRestarting)
            {
                return;
            }

            topic.Next = start;
            topic.IsRestarting = true;
        }

        Request(what);
    }

    /// <summary>Asks for one thing in the present session; without one the next session asks.</summary>
    private void Request(string what)
    {
        MonitorSession? session;
        SubscriptionRequest request;
        lock (_lock)
        {
            session = _session;
            if (session is null || !_topics.TryGetValue(what, out Topic? topic))
            {
                return;
            }

            request = new SubscriptionRequest(topic.Next, topic.OneTime);
        }

        var message = new MMonSubscribe(
            new Dictionary<string, SubscriptionRequest>(StringComparer.Ordinal) { [what] = request }, _options.HostName);
        if (!session.Connection.TrySend(message) && session.Connection.End is null)
        {
            session.Connection.Close("the queue to the monitor is full");
        }
    }

    private ValueTask SendSubscriptionsAsync(MessengerConnection connection, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, SubscriptionRequest>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach ((string what, Topic topic) in _topics)
            {
                topic.IsRestarting = false;
                wanted[what] = new SubscriptionRequest(topic.Next, topic.OneTime);
            }
        }

        // The MonMap always from the start: its coming shows that the monitor is in quorum.
        wanted[SubscriptionNames.MonMap] = new SubscriptionRequest(0, OneTime: false);
        return connection.SendAsync(new MMonSubscribe(wanted, _options.HostName), 0, cancellationToken);
    }

    private void Deliver(string what, ulong? version, RawMessage message)
    {
        MonitorSubscription[] subscriptions = [];
        lock (_lock)
        {
            if (_topics.TryGetValue(what, out Topic? topic))
            {
                topic.Next = version + 1 ?? topic.Next;
                topic.IsRestarting = false;
                subscriptions = topic.Subscriptions;
            }
        }

        foreach (MonitorSubscription subscription in subscriptions)
        {
            subscription.Deliver(message);
        }
    }

    private void DeliverLog(RawMessage message)
    {
        ulong version = message.As<MLog>().LogVersion;
        string[] logs;
        lock (_lock)
        {
            logs = [.. _topics.Keys.Where(k => k.StartsWith(SubscriptionNames.LogPrefix, StringComparison.Ordinal))];
        }

        foreach (string what in logs)
        {
            Deliver(what, version == 0 ? null : version, message);
        }
    }

    private void CloseSubscriptions()
    {
        Topic[] topics;
        lock (_lock)
        {
            topics = [.. _topics.Values];
            _topics.Clear();
        }

        foreach (MonitorSubscription subscription in topics.SelectMany(t => t.Subscriptions))
        {
            subscription.Complete();
        }
    }

    /// <summary>One thing that is subscribed to, by one or more readers. Guarded by the lock.</summary>
    private sealed class Topic
    {
        /// <summary>Replaced whole, so that it can be walked outside the lock.</summary>
        public MonitorSubscription[] Subscriptions { get; set; } = [];

        public ulong Next { get; set; }

        public bool IsRestarting { get; set; }

        /// <summary>True while all who wait want a single message.</summary>
        public bool OneTime { get; set; }
    }
}
