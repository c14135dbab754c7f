using Kalmar.Rados.Maps;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <content>Commands and other requests that have an answer.</content>
public sealed partial class MonitorClient
{
    private readonly Dictionary<ulong, PendingRequest> _pending = [];
    private ulong _transaction;
    private long _unreadable;

    /// <summary>Messages of the monitors that could not be read; <see cref="MonitorClientStatus.LastError"/> tells about the last one.</summary>
    public long UnreadableMessages => Interlocked.Read(ref _unreadable);

    private bool IsQuiet
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count == 0;
            }
        }
    }

    /// <summary>
    /// Runs a command on the monitors. While no monitor is in session it waits for one. When the session is lost before the answer came, an
    /// idempotent command is sent again, any other fails.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="input">Its input, for commands that read one.</param>
    /// <param name="timeout">How long it may take; null for <see cref="MonitorClientOptions.CommandTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up waiting; the command may run all the same.</param>
    /// <returns>What the monitors answered, also when that is an errno.</returns>
    /// <exception cref="CephConnectionException">No answer: the session was lost and nobody knows whether it ran, or it took too long.</exception>
    public async Task<CommandResult> CommandAsync(
        CephCommand command, ReadOnlyMemory<byte> input = default, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        string json = command.ToJson();
        RawMessage answer = await RequestAsync(
            $"'{command.Prefix}'",
            command.IsIdempotent,
            _ => fsid => new MMonCommand(fsid, [json], input),
            timeout,
            cancellationToken).ConfigureAwait(false);
        MMonCommandAck ack = answer.As<MMonCommandAck>();
        return new CommandResult(command.Prefix, ack.Result, ack.Status, ack.Data, ack.MapVersion)
        {
            Advice = ack.Result == -Errno.AccessDenied ? $"{Name} lacks mon caps for this ('ceph auth get {Name}' shows what it has)" : null,
        };
    }

    /// <summary>Asks for the versions of a map without the map.</summary>
    /// <param name="what">osdmap, mgrmap, fsmap and the like.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The newest version and the oldest that the monitors keep.</returns>
    /// <exception cref="CephConnectionException">No answer in time.</exception>
    public async Task<(ulong Newest, ulong Oldest)> GetVersionAsync(string what, CancellationToken cancellationToken = default)
    {
        RawMessage answer = await RequestAsync(
            $"the version of {what}",
            isIdempotent: true,
            transaction => _ => new MMonGetVersion(transaction, what),
            null,
            cancellationToken).ConfigureAwait(false);
        MMonGetVersionReply reply = answer.As<MMonGetVersionReply>();
        return (reply.Newest, reply.Oldest);
    }

    /// <summary>Takes what the monitor in session sent; called by the reading loop.</summary>
    internal void Dispatch(MonitorSession session, RawMessage message)
    {
        lock (_lock)
        {
            if (_session != session)
            {
                return;
            }
        }

        try
        {
            Route(session, message);
        }
        catch (CephProtocolException e) when (message.Type != MessageType.MonMap)
        {
            // A map that we cannot read is no reason to lose the session, and with it all the others.
            Interlocked.Increment(ref _unreadable);
            lock (_lock)
            {
                _lastError = e;
            }
        }
    }

    private void Route(MonitorSession session, RawMessage message)
    {
        switch (message.Type)
        {
            case MessageType.MonCommandAck:
                Answer(message.Header.Transaction, message);
                break;
            case MessageType.MonGetVersionReply:
                Answer(message.As<MMonGetVersionReply>().Handle, message);
                break;
            case MessageType.AuthReply:
                TaskCompletionSource<MAuthReply>? waiting;
                lock (_lock)
                {
                    waiting = _authReply;
                }

                waiting?.TrySetResult(message.As<MAuthReply>());
                break;
            case MessageType.MonMap:
                TakeMonMap(session, message);
                break;
            case MessageType.OsdMap:
                MOsdMap maps = message.As<MOsdMap>();
                Deliver(SubscriptionNames.OsdMap, NewestOf(maps), message);
                break;
            case MessageType.MgrMap:
                Deliver(SubscriptionNames.MgrMap, MapEpoch.Read(message.Front.Span, "MgrMap"), message);
                break;
            case MessageType.ServiceMap:
                Deliver(SubscriptionNames.ServiceMap, MapEpoch.Read(message.Front.Span, "ServiceMap"), message);
                break;
            case MessageType.FsMap:
                Deliver(SubscriptionNames.FsMap, message.As<MFsMap>().Epoch.Value, message);
                break;
            case MessageType.MdsMap:
                Deliver("mdsmap", message.As<MMdsMap>().Epoch.Value, message);
                break;
            case MessageType.MgrDigest:
                Deliver(SubscriptionNames.MgrDigest, null, message);
                break;
            case MessageType.Config:
                Deliver(SubscriptionNames.Config, null, message);
                break;
            case MessageType.KvData:
                MKvData data = message.As<MKvData>();
                Deliver(SubscriptionNames.KvPrefix + data.Prefix, data.KvVersion, message);
                break;
            case MessageType.Log:
                DeliverLog(message);
                break;
            default:
                _options.MessageReceived?.Invoke(message);
                break;
        }
    }

    private static ulong? NewestOf(MOsdMap maps)
    {
        uint newest = 0;
        foreach (Epoch epoch in maps.FullMaps.Keys)
        {
            newest = Math.Max(newest, epoch.Value);
        }

        foreach (Epoch epoch in maps.Incrementals.Keys)
        {
            newest = Math.Max(newest, epoch.Value);
        }

        return newest == 0 ? null : newest;
    }

    private void TakeMonMap(MonitorSession session, RawMessage message)
    {
        var reader = new WireReader(message.As<MMonMap>().Map.Span, "MonMap");
        var map = MonMap.Read(ref reader);
        lock (_lock)
        {
            Guid? expected = _options.Fsid ?? _monMap?.Fsid;
            if (expected is { } fsid && fsid != map.Fsid)
            {
                session.Verified.TrySetException(new CephServerException(
                    Errno.Invalid, $"the monitor at {session.Address} belongs to cluster {map.Fsid}, but ceph.conf says {fsid}: correct its fsid or its mon host"));
                return;
            }

            _monMap = map;
        }

        session.Verified.TrySetResult();
        Deliver(SubscriptionNames.MonMap, map.Epoch.Value, message);
    }

    private async Task<RawMessage> RequestAsync(
        string what, bool isIdempotent, Func<ulong, Func<Guid, IMessage>> make, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Start();
        TimeSpan patience = timeout ?? _options.CommandTimeout;
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        ulong transaction = Interlocked.Increment(ref _transaction);
        var request = new PendingRequest(transaction, what, isIdempotent, make(transaction));
        try
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_state == MonitorClientState.Closed, this);
                _pending[transaction] = request;
            }

            await SendAsync(request, cancellationToken).ConfigureAwait(false);
            return await request.Answer.Task.WaitAsync(patience, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            string state = request.SentOn is null
                ? $"no monitor could be reached ({Status.LastError?.Message ?? "no answer"})"
                : $"it was sent and {(isIdempotent ? "not answered" : "may have run all the same")}";
            throw new CephConnectionException($"{what}: no answer within {patience.TotalSeconds:0.#} s: {state}", e);
        }
        finally
        {
            lock (_lock)
            {
                _pending.Remove(transaction);
            }

            _room.Release();
        }
    }

    /// <summary>Sends a request over the session, if there is one; otherwise the next session does.</summary>
    private async ValueTask SendAsync(PendingRequest request, CancellationToken cancellationToken)
    {
        MonitorSession? session;
        Guid fsid;
        lock (_lock)
        {
            session = _state == MonitorClientState.Connected ? _session : null;
            if (session is null || request.SentOn is not null)
            {
                return;
            }

            request.SentOn = session;
            fsid = _monMap!.Fsid;
        }

        try
        {
            await session.Connection.SendAsync(request.MakeMessage(fsid), request.Transaction, cancellationToken).ConfigureAwait(false);
        }
        catch (CephConnectionException)
        {
            // The session ended this moment; its end decides what becomes of the request.
        }
    }

    private async Task SendPendingAsync(MonitorSession session)
    {
        PendingRequest[] waiting;
        lock (_lock)
        {
            waiting = [.. _pending.Values.Where(r => r.SentOn is null && _session == session).OrderBy(r => r.Transaction)];
        }

        foreach (PendingRequest request in waiting)
        {
            await SendAsync(request, _stopping.Token).ConfigureAwait(false);
        }
    }

    private void Answer(ulong transaction, RawMessage message)
    {
        PendingRequest? request;
        lock (_lock)
        {
            _pending.TryGetValue(transaction, out request);
        }

        request?.Answer.TrySetResult(message);
    }

    /// <summary>The session is over: what may be repeated waits for the next one, the rest fails.</summary>
    private void LoseSession(MonitorSession session)
    {
        var lost = new List<PendingRequest>();
        lock (_lock)
        {
            if (_session == session)
            {
                _session = null;
            }

            foreach (PendingRequest request in _pending.Values)
            {
                if (request.SentOn == session)
                {
                    request.SentOn = null;
                    if (!request.IsIdempotent)
                    {
                        lost.Add(request);
                    }
                }
            }

            _authReply?.TrySetException(new CephConnectionException("the session with the monitor was lost"));
        }

        Enter(MonitorClientState.Hunting);
        foreach (PendingRequest request in lost)
        {
            request.Answer.TrySetException(new CephConnectionException(
                $"{request.What}: the session with the monitor was lost before the answer came; nobody knows whether it ran"));
        }
    }

    private void CloseRequests()
    {
        PendingRequest[] waiting;
        lock (_lock)
        {
            waiting = [.. _pending.Values];
        }

        foreach (PendingRequest request in waiting)
        {
            request.Answer.TrySetException(new CephConnectionException($"{request.What}: the monitor client was closed"));
        }
    }
}
