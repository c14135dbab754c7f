using System.Data.Common;
using Dapper;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events;
using Kalmar.Manager.Requests;
using Kalmar.Manager.State;
using Kalmar.Rados;

namespace Kalmar.Manager.Tests.State;

/// <summary>What both databases must do alike.</summary>
public abstract class StateSuite : IAsyncLifetime
{
    private static readonly RequestActor Ada = new("ada", "::1");
    private static readonly ClusterId Cluster = new(Guid.NewGuid());
    private IStateUnderTest _under = null!;
    private StateStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IStateUnderTest Make();

    public async ValueTask InitializeAsync()
    {
        _under = Make();
        _store = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _store.DisposeAsync();
        await _under.DisposeAsync();
    }

    [Fact]
    public async Task Users_are_kept_changed_locked_and_unlocked()
    {
        User user = (await _store.Users.CreateAsync(new NewUser("Ada'; DROP TABLE users; --", "a@b", UserRole.ReadWrite, "h"), Token))!;
        Assert.Null(await _store.Users.CreateAsync(new NewUser("ADA'; drop table users; --", "", UserRole.ReadOnly, "h"), Token));
        Assert.Equal(user, await _store.Users.FindByNameAsync("ada'; drop table users; --", Token));
        User two = (await _store.Users.NoteFailureAsync(user.Id, 3, TimeSpan.FromMinutes(5), Token))!;
        Assert.Equal((1, null), (two.FailedSignIns, two.LockedUntil));
        await _store.Users.NoteFailureAsync(user.Id, 3, TimeSpan.FromMinutes(5), Token);
        User locked = (await _store.Users.NoteFailureAsync(user.Id, 3, TimeSpan.FromMinutes(5), Token))!;
        Assert.Equal(3, locked.FailedSignIns);
        Assert.True(locked.LockedUntil > TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(4));
        Assert.Equal((0, null), ((await _store.Users.UnlockAsync(user.Id, Token))! is var free ? free.FailedSignIns : -1, free.LockedUntil));
        User changed = (await _store.Users.UpdateAsync(user.Id, new UserChange("Grace", null, UserRole.Superuser), Token))!;
        Assert.Equal(("Grace", "a@b", UserRole.Superuser), (changed.Name, changed.Email, changed.Role));
        Assert.NotEqual(user.SecurityStamp, changed.SecurityStamp);
        User other = (await _store.Users.CreateAsync(new NewUser("Bob", "", UserRole.ReadOnly, "h"), Token))!;
        Assert.Null(await _store.Users.UpdateAsync(other.Id, new UserChange("GRACE"), Token));
        Assert.Equal("Bob", (await _store.Users.FindAsync(other.Id, Token))!.Name);
        Assert.Null(await _store.Users.UpdateAsync(new UserId(4711), new UserChange("x"), Token));
    }

    [Fact]
    public async Task Tokens_are_found_by_their_secret_only_until_they_expire()
    {
        User user = (await _store.Users.CreateAsync(new NewUser("a", "", UserRole.ReadOnly, "h"), Token))!;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        (ApiToken token, string secret) = await _store.Tokens.CreateAsync(user.Id, "ci", UserRole.ReadOnly, now + TimeSpan.FromHours(1), Token);
        (_, string old) = await _store.Tokens.CreateAsync(user.Id, "old", UserRole.ReadOnly, now - TimeSpan.FromSeconds(1), Token);
        Assert.Equal(token.Id, (await _store.Tokens.AuthenticateAsync(secret, Token))!.Value.Token.Id);
        Assert.Null(await _store.Tokens.AuthenticateAsync(old, Token));
        Assert.Null(await _store.Tokens.AuthenticateAsync(secret[..^1] + (secret[^1] == '0' ? '1' : '0'), Token));
        Assert.True(await _store.Users.DeleteAsync(user.Id, Token));
        Assert.Null(await _store.Tokens.AuthenticateAsync(secret, Token));
    }

    [Fact]
    public async Task Requests_are_stored_with_event_and_audit_line_and_end_once()
    {
        RequestPlan plan = Plan("Doing 'this'\0 with \ud800 and ü");
        UserRequest request = await _store.Requests.InsertAsync(Cluster, "ceph", plan, Ada, Token);
        Assert.Equal((RequestState.Submitted, "Doing 'this'\ufffd with \ufffd and ü", "ada", "::1"), (request.State, request.Headline, request.Actor.Name, request.Actor.Address));
        (UserRequest pending, RequestPlan? read) = Assert.Single(await _store.Requests.PendingAsync(Token));
        Assert.Equal((request, plan.Steps[0].Command, plan.Steps[0].Done), (pending, read!.Steps[0].Command, read.Steps[0].Done));
        Assert.Equal(plan.Steps[0].Timeout, read.Steps[0].Timeout);

        Assert.True(await _store.Requests.NoteSendingAsync(request.Id, 0, Token));
        Assert.True(await _store.Requests.NoteSendingAsync(request.Id, 0, Token));
        StepRecord step = (await _store.Requests.StepsAsync(request.Id, Token))[0];
        Assert.Equal((StepRecord.Sending, 2), (step.Phase, step.Sends));
        await _store.Requests.NoteOutcomeAsync(request.Id, 0, StepRecord.Answered, -22, 77, "no");
        step = (await _store.Requests.StepsAsync(request.Id, Token))[0];
        Assert.Equal((StepRecord.Answered, -22L, 77L, "no"), (step.Phase, step.Result, step.MapVersion, step.Message));

        UserRequest ended = (await _store.Requests.CompleteAsync(request.Id, "broken", "at step 1", AuditOutcome.Failed, null))!;
        Assert.Equal((RequestState.Complete, true, "broken", "at step 1"), (ended.State, ended.Error, ended.ErrorMessage, ended.Status));
        Assert.NotNull(ended.CompletedAt);
        Assert.Null(await _store.Requests.CompleteAsync(request.Id, null, "", AuditOutcome.Succeeded, null));
        Assert.False(await _store.Requests.NoteSendingAsync(request.Id, 1, Token));
        Assert.Empty(await _store.Requests.PendingAsync(Token));
        Assert.Equal(ended, await _store.Requests.FindAsync(request.Id, Token));

        (long events, IReadOnlyList<StoredEvent> page) = await _store.Events.PageAsync(new EventFilter(), 1, 10, Token);
        Assert.Equal(2, events);
        Assert.Equal(EventSeverity.Warning, page[0].Severity);
        Assert.EndsWith("(broken)", page[0].Message, StringComparison.Ordinal);
        (long lines, _) = await _store.Audit.PageAsync(new AuditFilter { Cluster = Cluster.ToString() }, 1, 10, Token);
        Assert.Equal(2, lines);
    }

    [Fact]
    public async Task Sensitive_plan_is_wiped_when_the_request_ends()
    {
        RequestPlan plan = Plan("Secret") with { IsSensitive = true };
        UserRequest request = await _store.Requests.InsertAsync(Cluster, "ceph", plan, Ada, Token);
        UserRequest open = await _store.Requests.InsertAsync(Cluster, "ceph", Plan("Open"), Ada, Token);
        await _store.Requests.CompleteAsync(request.Id, null, "", AuditOutcome.Succeeded, null);
        await _store.Requests.CompleteAsync(open.Id, null, "", AuditOutcome.Succeeded, null);
        Assert.Equal("", await ScalarAsync<string>($"SELECT plan_text FROM requests WHERE id = '{request.Id}'"));
        Assert.NotEqual("", await ScalarAsync<string>($"SELECT plan_text FROM requests WHERE id = '{open.Id}'"));
    }

    [Fact]
    public async Task Requests_are_paged_newest_first_and_filtered()
    {
        List<UserRequest> made = [];
        for (int i = 0; i < 25; i++)
        {
            made.Add(await _store.Requests.InsertAsync(i % 5 == 0 ? new ClusterId(Guid.Empty) : Cluster, "ceph", Plan($"{i}"), Ada, Token));
        }

        await _store.Requests.CompleteAsync(made[3].Id, null, "", AuditOutcome.Succeeded, null);
        (long count, IReadOnlyList<UserRequest> page) = await _store.Requests.PageAsync(new RequestFilter(), 2, 10, Token);
        Assert.Equal(25, count);
        Assert.Equal(Enumerable.Range(5, 10).Reverse().Select(i => $"{i}"), page.Select(r => r.Headline));
        (count, page) = await _store.Requests.PageAsync(new RequestFilter { Cluster = Cluster, State = RequestState.Complete }, 1, 10, Token);
        Assert.Equal((1, "3"), (count, Assert.Single(page).Headline));
    }

    [Fact]
    public async Task Events_are_filtered_paged_and_pruned()
    {
        await _store.Events.AppendAsync(
            [.. Enumerable.Range(0, 50).Select(i => new NewEvent((EventSeverity)((i % 5) + 1), "k", $"m{i}", i % 2 == 0 ? "c" : "", $"osd.{i % 3}", "h"))], Token);
        (long count, IReadOnlyList<StoredEvent> page) = await _store.Events.PageAsync(new EventFilter { Severity = EventSeverity.Warning }, 1, 10, Token);
        Assert.Equal(30, count);
        Assert.Equal("m47", page[0].Message);
        Assert.All(page, e => Assert.True(e.Severity <= EventSeverity.Warning));
        (count, page) = await _store.Events.PageAsync(new EventFilter { Cluster = "c", Entity = "osd.1", Server = "h", Kind = "k" }, 1, 100, Token);
        Assert.Equal(count, page.Count);
        Assert.All(page, e => Assert.Equal(("c", "osd.1"), (e.Cluster, e.Entity)));
        Assert.Equal(0, (await _store.Events.PageAsync(new EventFilter { Since = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1) }, 1, 10, Token)).Count);
        Assert.Equal(0, await _store.Events.PruneAsync(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1), Token));
        Assert.Equal(50, await _store.Events.PruneAsync(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1), Token));
        Assert.Equal(0, await _store.Events.LastIdAsync(Token));
    }

    [Fact]
    public async Task Live_reader_resumes_at_its_last_event_and_loses_none_when_it_is_slow()
    {
        StoredEvent first = await _store.Events.AppendAsync(new NewEvent(EventSeverity.Info, "k", "first"), Token);
        await _store.Events.AppendAsync(new NewEvent(EventSeverity.Info, "k", "second"), Token);
        await using IAsyncEnumerator<StoredEvent> reader = _store.Events.FollowAsync(new EventFilter(), first.Id, Token).GetAsyncEnumerator(Token);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("second", reader.Current.Message);
        Assert.Equal(1, _store.Events.Readers);

        // More than the reader's queue holds, while it does not read.
        const int Many = (EventReader.Capacity * 2) + 10;
        for (int i = 0; i < Many; i += 100)
        {
            await _store.Events.AppendAsync(
                [.. Enumerable.Range(i, Math.Min(100, Many - i)).Select(n => new NewEvent(EventSeverity.Info, "k", $"{n}"))], Token);
        }

        Assert.True(_store.Events.Overflows > 0);
        for (int i = 0; i < Many; i++)
        {
            Assert.True(await reader.MoveNextAsync());
            Assert.Equal($"{i}", reader.Current.Message);
        }

        ValueTask<bool> next = reader.MoveNextAsync();
        await _store.Events.AppendAsync(new NewEvent(EventSeverity.Info, "k", "live"), Token);
        Assert.True(await next);
        Assert.Equal("live", reader.Current.Message);
    }

    [Fact]
    public async Task Audit_chain_shows_a_changed_missing_added_or_moved_line()
    {
        for (int i = 1; i <= 6; i++)
        {
            await _store.Audit.AppendAsync(new AuditEntry("ada", "::1", "user.sign_in", i % 2 == 0 ? AuditOutcome.Failed : AuditOutcome.Succeeded, $"o{i}", "", "ü\0\ud800"), Token);
        }

        AuditVerdict good = await _store.Audit.VerifyAsync(null, Token);
        Assert.Equal((6L, null), (good.Lines, good.Problem));
        Assert.True((await _store.Audit.VerifyAsync((6, good.LastHash), Token)).IsIntact);
        Assert.Contains("line 7 was expected", (await _store.Audit.VerifyAsync((7, good.LastHash), Token)).Problem, StringComparison.Ordinal);
        Assert.Contains("rewritten", (await _store.Audit.VerifyAsync((5, good.LastHash), Token)).Problem, StringComparison.Ordinal);

        await BreakAsync("UPDATE audit_lines SET outcome = 'Succeeded' WHERE sequence = 4", "line 4 was changed", "UPDATE audit_lines SET outcome = 'Failed' WHERE sequence = 4");
        await BreakAsync("UPDATE audit_lines SET actor = 'eve' WHERE sequence = 1", "line 1 was changed", "UPDATE audit_lines SET actor = 'ada' WHERE sequence = 1");
        await BreakAsync("UPDATE audit_lines SET sequence = 9 WHERE sequence = 6", "lines 6 to 8 are missing", "UPDATE audit_lines SET sequence = 6 WHERE sequence = 9");
        await BreakAsync(
            "UPDATE audit_lines SET sequence = 99 WHERE sequence = 2; UPDATE audit_lines SET sequence = 2 WHERE sequence = 3; UPDATE audit_lines SET sequence = 3 WHERE sequence = 99",
            "line 2 was changed",
            "UPDATE audit_lines SET sequence = 99 WHERE sequence = 2; UPDATE audit_lines SET sequence = 2 WHERE sequence = 3; UPDATE audit_lines SET sequence = 3 WHERE sequence = 99");
        await BreakAsync("UPDATE audit_head SET one = 2", "the head of the log", "UPDATE audit_head SET one = 1");
        await ExecuteAsync("DELETE FROM audit_lines WHERE sequence = 6");
        Assert.Contains("missing at the end", (await _store.Audit.VerifyAsync(null, Token)).Problem, StringComparison.Ordinal);
        await ExecuteAsync("DELETE FROM audit_lines WHERE sequence = 3");
        Assert.Contains("line 3 is missing", (await _store.Audit.VerifyAsync(null, Token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_log_that_was_emptied_with_its_head_shows()
    {
        Assert.True((await _store.Audit.VerifyAsync(null, Token)).IsIntact);
        await _store.Requests.InsertAsync(new ClusterId(Guid.NewGuid()), "ceph", Plan("Doing"), Ada, Token);
        Assert.True((await _store.Audit.VerifyAsync(null, Token)).IsIntact);
        await ExecuteAsync("DELETE FROM audit_lines");
        await ExecuteAsync("DELETE FROM audit_head");
        Assert.Contains("it was removed", (await _store.Audit.VerifyAsync(null, Token)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_and_events_written_by_many_at_once_stay_in_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await _store.Audit.AppendAsync(new AuditEntry("a", "", "x", AuditOutcome.Succeeded, $"{i}"), Token);
            await _store.Events.AppendAsync(new NewEvent(EventSeverity.Info, "k", $"{i}"), Token);
        }));
        AuditVerdict verdict = await _store.Audit.VerifyAsync(null, Token);
        Assert.Equal((40L, null), (verdict.Lines, verdict.Problem));
        IReadOnlyList<StoredEvent> events = await _store.Events.ReadAfterAsync(new EventFilter(), 0, 1000, Token);
        Assert.Equal(40, events.Select(e => e.Message).Distinct().Count());
    }

    [Fact]
    public async Task Second_process_does_not_get_the_lock_until_the_first_lets_go()
    {
        IAsyncDisposable first = await _store.LockAsync(TimeSpan.Zero, Token);
        await using StateStore second = await OpenAsync();
        StateStoreException e = await Assert.ThrowsAsync<StateStoreException>(() => second.LockAsync(TimeSpan.FromMilliseconds(300), Token));
        Assert.Contains("another Kalmar", e.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await (await second.LockAsync(TimeSpan.FromSeconds(5), Token)).DisposeAsync();
    }

    [Fact]
    public async Task Store_reopened_runs_no_migration_twice()
    {
        await _store.Audit.AppendAsync(new AuditEntry("a", "", "x", AuditOutcome.Succeeded), Token);
        await using StateStore again = await OpenAsync();
        Assert.Equal(1, (await again.Audit.VerifyAsync(null, Token)).Lines);
    }

    private static RequestPlan Plan(string headline) => new()
    {
        Kind = RequestKind.OsdMapModifying,
        Headline = headline,
        Steps =
        [
            new RequestStep
            {
                Command = new CephCommand("osd set").With("key", "noout").ToJson(),
                Done = new Manager.Requests.Conditions.FlagValue("noout", true),
                Follows = FollowedMap.OsdMap,
                Input = [1, 2, 3],
                Timeout = TimeSpan.FromSeconds(7),
            },
        ],
    };

    private async Task BreakAsync(string sql, string expected, string repair)
    {
        await ExecuteAsync(sql);
        AuditVerdict verdict = await _store.Audit.VerifyAsync(null, Token);
        Assert.Contains(expected, verdict.Problem, StringComparison.Ordinal);
        await ExecuteAsync(repair);
        Assert.True((await _store.Audit.VerifyAsync(null, Token)).IsIntact);
    }

    private async Task<StateStore> OpenAsync() => await StateStore.OpenAsync(await _under.OpenAsync(), TimeProvider.System, Token);

    private async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection = await (await _under.OpenAsync()).OpenAsync(Token);
        await connection.ExecuteAsync(sql);
    }

    private async Task<T?> ScalarAsync<T>(string sql)
    {
        await using DbConnection connection = await (await _under.OpenAsync()).OpenAsync(Token);
        return await connection.ExecuteScalarAsync<T>(sql);
    }
}
