using Kalmar.Rados.Maps;
using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Monitors;

/// <content>Finding a monitor, and what happens around a session.</content>
public sealed partial class MonitorClient
{
    private ulong _globalId;
    private EntityAddress? _lastFailed;

    private async Task RunAsync(CancellationToken stopping)
    {
        await Task.Yield();
        TimeSpan backoff = TimeSpan.Zero;
        try
        {
            while (true)
            {
                Enter(MonitorClientState.Hunting);
                if (backoff > TimeSpan.Zero)
                {
                    await Task.Delay(backoff, _time, stopping).ConfigureAwait(false);
                }

                bool served = await HuntAndServeAsync(stopping).ConfigureAwait(false);
                backoff = served ? TimeSpan.Zero : NextBackoff(backoff);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Disposed of.
        }
    }

    private async Task<bool> HuntAndServeAsync(CancellationToken stopping)
    {
        try
        {
            MonitorSession? session = await HuntAsync(stopping).ConfigureAwait(false);
            return session is not null && await ServeAsync(session, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Nothing may end the hunt: without it the client would be deaf without saying so.
            Note(e);
            Fail(e);
            return false;
        }
    }

    private TimeSpan NextBackoff(TimeSpan last)
    {
        TimeSpan next = last == TimeSpan.Zero ? _options.MinimumBackoff : last * 2;
        next = next > _options.MaximumBackoff ? _options.MaximumBackoff : next;

        // Many clients lose the same monitor at the same moment; they shall not come back at the same one.
        return next * (0.75 + (Random.Shared.NextDouble() / 4));
    }

    /// <summary>
    /// Monitors in the order in which to try them: by priority, at random among equals, but the one that failed last comes last.
    /// </summary>
    private List<EntityAddress> Candidates()
    {
        var known = new List<MonInfo>();
        foreach (MonInfo monitor in MonMap?.Monitors.Values ?? [])
        {
            if (monitor.Addresses.Msgr2 is not null)
            {
                known.Add(monitor);
            }
        }

        if (known.Count == 0)
        {
            foreach (EntityAddress address in _options.Monitors)
            {
                known.Add(new MonInfo { Addresses = new EntityAddressVector([address with { Type = EntityAddressType.Msgr2 }]) });
            }
        }

        // Shuffled first, then sorted by a sort that keeps the order of equals.
        MonInfo[] order = [.. known];
        Random.Shared.Shuffle(order);
        return [.. order.Order(Comparer<MonInfo>.Create(Compare)).Select(m => m.Addresses.Msgr2!)];
    }

    private int Compare(MonInfo left, MonInfo right)
    {
        int failed = (left.Addresses.Msgr2 == _lastFailed).CompareTo(right.Addresses.Msgr2 == _lastFailed);
        return failed != 0 ? failed : left.Priority.CompareTo(right.Priority);
    }

    /// <summary>
    /// One round over all monitors: the first that lets us in wins. The next one is tried when one fails, or beside it when one takes long.
    /// </summary>
    private async Task<MonitorSession?> HuntAsync(CancellationToken stopping)
    {
        List<EntityAddress> candidates = Candidates();
        using var round = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = new List<Task<Attempt>>();
        Attempt? winner = null;
        Exception? failure = null;
        int next = 0;
        while (winner is null && (next < candidates.Count || running.Count > 0))
        {
            bool more = next < candidates.Count && running.Count < Math.Max(1, _options.ParallelAttempts);
            if (more)
            {
                running.Add(AttemptAsync(candidates[next++], round.Token));
                more = next < candidates.Count && running.Count < _options.ParallelAttempts;
            }

            Task<Attempt> first;
            if (more)
            {
                using var stagger = CancellationTokenSource.CreateLinkedTokenSource(round.Token);
                Task waited = Task.Delay(_options.AttemptStagger, _time, stagger.Token);
                Task any = await Task.WhenAny([.. running, waited]).ConfigureAwait(false);
                await stagger.CancelAsync().ConfigureAwait(false);
                if (any == waited)
                {
                    stopping.ThrowIfCancellationRequested();
                    continue;
                }

                first = (Task<Attempt>)any;
            }
            else
            {
                first = await Task.WhenAny(running).ConfigureAwait(false);
            }

            running.Remove(first);
            Attempt attempt = await first.ConfigureAwait(false);
            if (attempt.Connection is not null)
            {
                winner = attempt;
            }
            else
            {
                // A refusal says more than a monitor that is down.
                failure = failure is CephAuthenticationException ? failure : attempt.Failure;
                if (attempt is { Failure: CephAuthenticationException, IsReclaim: true })
                {
                    Tickets.Reset();
                    candidates.Add(attempt.Address);
                }
                else if (attempt.Failure is CephAuthenticationException)
                {
                    break;
                }
            }
        }

        await round.CancelAsync().ConfigureAwait(false);
        foreach (Attempt late in await Task.WhenAll(running).ConfigureAwait(false))
        {
            if (late.Connection is not null)
            {
                await late.Connection.DisposeAsync().ConfigureAwait(false);
            }
        }

        stopping.ThrowIfCancellationRequested();
        if (winner is null)
        {
            Note(failure ?? new CephConnectionException("no monitor has an address of messenger 2"));
            return null;
        }

        if (winner.Authenticator is CephxMonClientAuthenticator cephx)
        {
            Tickets.Adopt(winner.Connection!.Peer.GlobalId, cephx.Tickets);
            Volatile.Write(ref _granted, cephx.Tickets.Aggregate(0, static (mask, ticket) => mask | (int)ticket.Service));
        }

        Volatile.Write(ref _globalId, winner.Connection!.Peer.GlobalId);
        return new MonitorSession(this, winner.Connection, winner.Address);
    }

    private async Task<Attempt> AttemptAsync(EntityAddress address, CancellationToken cancellationToken)
    {
        IClientAuthenticator authenticator = CreateMonAuthenticator();
        bool reclaim = authenticator is CephxMonClientAuthenticator { IsReclaim: true };
        try
        {
            MessengerConnection connection = await MessengerConnection.ConnectAsync(
                address, EntityType.Mon, authenticator, _options.Messenger, cancellationToken).ConfigureAwait(false);
            return new Attempt(address, authenticator, connection, null, reclaim);
        }
        catch (Exception e) when (e is CephException or OperationCanceledException)
        {
            return new Attempt(address, authenticator, null, e, reclaim);
        }
    }

    /// <summary>Runs a session to its end.</summary>
    /// <returns>True when the monitor was of use: it gave the MonMap.</returns>
    private async Task<bool> ServeAsync(MonitorSession session, CancellationToken stopping)
    {
        lock (_lock)
        {
            _session = session;
        }

        bool verified = false;
        MessengerConnection connection = session.Connection;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task renewing = Task.CompletedTask;
        try
        {
            connection.Start(session);
            await SendSubscriptionsAsync(connection, stopping).ConfigureAwait(false);
            await session.Verified.Task.WaitAsync(_options.Messenger.HandshakeTimeout, _time, stopping).ConfigureAwait(false);
            verified = true;
            _lastFailed = null;
            Enter(MonitorClientState.Connected);
            await SendPendingAsync(session).ConfigureAwait(false);
            renewing = RenewTicketsAsync(session, ending.Token);
            ConnectionEnd end = await connection.Completion.WaitAsync(stopping).ConfigureAwait(false);
            _lastFailed = end.Reason == ConnectionEndReason.ClosedHere ? null : session.Address;
            Note(new CephConnectionException(end.Description, end.Exception));
        }
        catch (TimeoutException e)
        {
            _lastFailed = session.Address;
            Note(new CephConnectionException($"mon at {session.Address} let us in but gives no MonMap: it is not in quorum", e));
        }
        catch (CephException e)
        {
            _lastFailed = session.Address;
            Note(e);
        }
        finally
        {
            LoseSession(session);
            await ending.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        return verified;
    }

    private void Note(Exception failure)
    {
        failure = failure is CephAuthenticationException refused
            ? new CephAuthenticationException(refused.Errno, $"{_options.Name} is refused by {refused.Message}")
            : failure;
        lock (_lock)
        {
            _lastError = failure;
        }

        // What only an operator can mend is told to who waits; the rest may pass.
        if (failure is CephAuthenticationException or CephServerException)
        {
            Fail(failure);
        }
    }

    private sealed record Attempt(
        EntityAddress Address, IClientAuthenticator Authenticator, MessengerConnection? Connection, Exception? Failure, bool IsReclaim);
}
