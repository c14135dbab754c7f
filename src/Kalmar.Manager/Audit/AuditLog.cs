using System.Data.Common;
using Dapper;
using Kalmar.Manager.State;

namespace Kalmar.Manager.Audit;

/// <summary>The audit log in tables <c>audit_lines</c> and <c>audit_head</c>.</summary>
internal sealed class AuditLog(StateDatabase database, StateWriter writer, TimeProvider time) : IAuditLog
{
    private const int MaxText = 4096;
    private const int Batch = 5000;

    private const string Columns =
        "sequence AS Sequence, at AS At, actor AS Actor, address AS Address, action AS Action, cluster AS Cluster, object AS Object, "
        + "outcome AS Outcome, detail AS Detail, hash AS Hash";

    /// <inheritdoc/>
    public Task<AuditLine> AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return writer.WriteAsync(t => InsertAsync(t, entry), null, cancellationToken);
    }

    /// <summary>Adds a line within a transaction of the writer.</summary>
    public async Task<AuditLine> InsertAsync(DbTransaction transaction, AuditEntry entry)
    {
        entry = entry with
        {
            Actor = Clean(entry.Actor),
            Address = Clean(entry.Address),
            Action = Clean(entry.Action),
            Object = Clean(entry.Object),
            Cluster = Clean(entry.Cluster),
            Detail = Clean(entry.Detail),
        };
        DbConnection connection = transaction.Connection!;
        AuditHeadRow? head = await connection.QuerySingleOrDefaultAsync<AuditHeadRow>(
            "SELECT sequence AS Sequence, hash AS Hash FROM audit_head WHERE one = 1", transaction: transaction).ConfigureAwait(false);
        long sequence = (head?.Sequence ?? 0) + 1;
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var line = new AuditLine(sequence, at, entry, AuditLine.HashOf(head?.Hash ?? AuditLine.FirstHash, sequence, at, entry));
        await connection.ExecuteAsync(
            "INSERT INTO audit_lines (sequence, at, actor, address, action, cluster, object, outcome, detail, hash) "
            + "VALUES (@Sequence, @At, @Actor, @Address, @Action, @Cluster, @Object, @Outcome, @Detail, @Hash)",
            new
            {
                line.Sequence,
                At = at.ToUnixTimeMilliseconds(),
                entry.Actor,
                entry.Address,
                entry.Action,
                entry.Cluster,
                entry.Object,
                Outcome = entry.Outcome.ToString(),
                entry.Detail,
                line.Hash,
            },
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync(
            head is null
                ? "INSERT INTO audit_head (one, sequence, hash) VALUES (1, @Sequence, @Hash)"
                : "UPDATE audit_head SET sequence = @Sequence, hash = @Hash WHERE one = 1",
            new { line.Sequence, line.Hash },
            transaction).ConfigureAwait(false);
        return line;
    }

    /// <inheritdoc/>
    public Task<(long Count, IReadOnlyList<AuditLine> Lines)> PageAsync(
        AuditFilter filter, int page, int pageSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 1000);
        List<string> where = [];
        if (filter.Actor is not null)
        {
            where.Add("actor = @Actor");
        }

        if (filter.Action is { } action)
        {
            where.Add(action.EndsWith('.') ? "substr(action, 1, @ActionLength) = @Action" : "action = @Action");
        }

        if (filter.Cluster is not null)
        {
            where.Add("cluster = @Cluster");
        }

        if (filter.Since is not null)
        {
            where.Add("at >= @Since");
        }

        string condition = where.Count == 0 ? "" : " WHERE " + string.Join(" AND ", where);
        object values = new
        {
            filter.Actor,
            filter.Action,
            ActionLength = filter.Action?.Length ?? 0,
            filter.Cluster,
            Since = filter.Since?.ToUnixTimeMilliseconds() ?? 0,
            Limit = pageSize,
            Offset = (page - 1L) * pageSize,
        };
        return database.RunAsync<(long, IReadOnlyList<AuditLine>)>(
            async c =>
            {
                long count = await c.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM audit_lines{condition}", values).ConfigureAwait(false);
                IEnumerable<AuditRow> rows = await c.QueryAsync<AuditRow>(
                    $"SELECT {Columns} FROM audit_lines{condition} ORDER BY sequence DESC LIMIT @Limit OFFSET @Offset", values).ConfigureAwait(false);
                return (count, [.. rows.Select(r => r.ToLine()).OfType<AuditLine>()]);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AuditVerdict> VerifyAsync((long Sequence, string Hash)? expected, CancellationToken cancellationToken) =>
        database.RunAsync(c => VerifyAsync(c, expected, cancellationToken), cancellationToken);

    private static async Task<AuditVerdict> VerifyAsync(
        DbConnection connection, (long Sequence, string Hash)? expected, CancellationToken cancellationToken)
    {
        // The head first: lines that are added meanwhile stand behind it.
        AuditHeadRow? head = await connection.QuerySingleOrDefaultAsync<AuditHeadRow>(
            "SELECT sequence AS Sequence, hash AS Hash FROM audit_head WHERE one = 1").ConfigureAwait(false);
        long last = 0;
        string hash = AuditLine.FirstHash;
        bool headSeen = head is null;
        bool expectedSeen = expected is null or (0, _);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<AuditRow> rows = [.. await connection.QueryAsync<AuditRow>(
                $"SELECT {Columns} FROM audit_lines WHERE sequence > @Last ORDER BY sequence LIMIT {Batch}", new { Last = last }).ConfigureAwait(false)];
            foreach (AuditRow row in rows)
            {
                if (row.Sequence != last + 1)
                {
                    return new AuditVerdict(last, hash, row.Sequence == last + 2
                        ? $"line {last + 1} is missing"
                        : $"lines {last + 1} to {row.Sequence - 1} are missing");
                }

                if (row.ToLine() is not { } line || AuditLine.HashOf(hash, line.Sequence, line.At, line.Entry) != line.Hash)
                {
                    return new AuditVerdict(last, hash, $"line {row.Sequence} was changed, or stands where another one stood");
                }

                last = row.Sequence;
                hash = row.Hash;
                headSeen |= head?.Sequence == last && head.Hash == hash;
                if (expected is var (sequence, wanted) && sequence == last)
                {
                    if (!string.Equals(wanted, hash, StringComparison.OrdinalIgnoreCase))
                    {
                        return new AuditVerdict(last, hash, $"line {last} has another hash than the expected one: the log was rewritten");
                    }

                    expectedSeen = true;
                }
            }

            if (rows.Count < Batch)
            {
                break;
            }
        }

        if (head is null && last > 0)
        {
            return new AuditVerdict(last, hash, $"the head of the log, which says that it ends at line {last} or later, is missing");
        }

        // A request is stored together with its line.
        if (last == 0 && head is null && await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM requests").ConfigureAwait(false) is > 0 and long requests)
        {
            return new AuditVerdict(last, hash, $"the log is empty, and {requests} requests that were written down in it are stored: it was removed");
        }

        if (!headSeen)
        {
            return new AuditVerdict(last, hash, head!.Sequence > last
                ? $"the log ends at line {last}, and its head says {head.Sequence}: lines are missing at the end"
                : $"the head of the log does not fit to line {head.Sequence}");
        }

        return new AuditVerdict(last, hash, expectedSeen ? null : $"the log ends at line {last}, and line {expected!.Value.Sequence} was expected");
    }

    private static string Clean(string text)
    {
        // A database refuses NUL (PostgreSQL) and unpaired surrogates; what is hashed must be what is stored.
        string whole = text.Length > MaxText ? string.Concat(text.AsSpan(0, MaxText), "…") : text;
        return StoredText.Of(whole);
    }
}
