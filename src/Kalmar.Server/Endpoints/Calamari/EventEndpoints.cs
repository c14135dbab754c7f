using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Server.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Events: pages of them, and live by Server-Sent Events.</summary>
internal static class EventEndpoints
{
    public static void Map(ApiRoutes api)
    {
        foreach (string prefix in new[] { "", "cluster/{fsid}/", "server/{fqdn}/" })
        {
            api.Get(prefix + "event", PageAsync).WithSummary("Events, the newest first; ?severity= (that or worse), ?page, ?page_size.").Produces<PageResource<EventResource>>();
        }

        foreach (string prefix in new[] { "", "cluster/{fsid}/" })
        {
            api.Get(prefix + "event/stream", Stream).WithSummary("Events as they happen (Server-Sent Events); Last-Event-ID resumes without a gap.").Produces<string>(200, "text/event-stream");
        }
    }

    private static async Task<IResult> PageAsync(HttpContext context, IClusterDirectory clusters, IEventLog events)
    {
        EventFilter filter = Filter(context, clusters);
        (int page, int size) = Paging.Read(context);
        (long count, IReadOnlyList<StoredEvent> found) = await events.PageAsync(filter, page, size, context.RequestAborted);
        return CalamariEndpoints.Json(Paging.Page(context, page, size, count, [.. found.Select(Of)]), ApiJson.Readable.PageResourceEventResource);
    }

    private static IResult Stream(
        HttpContext context, IClusterDirectory clusters, IEventLog events, LiveStreams streams, KalmarServerOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        EventFilter filter = Filter(context, clusters);
        string? last = (string?)context.Request.Headers["Last-Event-ID"] ?? context.Request.Query["last_event_id"];
        long? after = null;
        if (!string.IsNullOrEmpty(last))
        {
            after = long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : throw ApiException.Field("Last-Event-ID", "must be the id of an event");
        }

        if (!streams.TryEnter())
        {
            context.Response.Headers.RetryAfter = "30";
            throw ApiException.Unavailable("too many live streams are open");
        }

        context.Response.OnCompleted(() =>
        {
            streams.Leave();
            return Task.CompletedTask;
        });
        context.Response.Headers["X-Accel-Buffering"] = "no";
        CancellationToken end = lifetime.ApplicationStopping;
        return TypedResults.ServerSentEvents(FollowAsync(events, filter, after, options, time, end, context.RequestAborted));
    }

    /// <summary>
    /// A heartbeat at once, so that the reader knows that it is connected; then each event, and a heartbeat whenever nothing was said for a
    /// while. Ends after a time, so that the next connection is checked anew; the reader's browser comes back by itself.
    /// </summary>
    private static async IAsyncEnumerable<SseItem<string>> FollowAsync(
        IEventLog events, EventFilter filter, long? after, KalmarServerOptions options, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        long started = time.GetTimestamp();
        IAsyncEnumerator<StoredEvent> source = events.FollowAsync(filter, after, end.Token).GetAsyncEnumerator(end.Token);
        Task<bool>? next = null;
        try
        {
            next = source.MoveNextAsync().AsTask();
            yield return new SseItem<string>("{}", "heartbeat") { ReconnectionInterval = TimeSpan.FromSeconds(1) };
            while (time.GetElapsedTime(started) < options.LiveStreamLifetime)
            {
                Task beat = Task.Delay(options.LiveHeartbeat, time, end.Token);
                await Task.WhenAny(next, beat);
                if (end.IsCancellationRequested)
                {
                    break;
                }

                if (!next.IsCompleted)
                {
                    yield return new SseItem<string>("{}", "heartbeat");
                    continue;
                }

                if (!await next)
                {
                    break;
                }

                StoredEvent found = source.Current;
                yield return new SseItem<string>(JsonSerializer.Serialize(Of(found), ApiJson.Readable.EventResource)) { EventId = found.Id.ToString(CultureInfo.InvariantCulture) };
                next = source.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await end.CancelAsync();
            await EndAsync(next);
            await source.DisposeAsync();
        }
    }

    private static async Task EndAsync(Task<bool>? next)
    {
        try
        {
            await (next ?? Task.FromResult(false));
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }
    }

    private static EventFilter Filter(HttpContext context, IClusterDirectory clusters)
    {
        EventSeverity? severity = null;
        if ((string?)context.Request.Query["severity"] is { Length: > 0 } text)
        {
            severity = EventSeverityNames.TryParse(text, out EventSeverity parsed) ? parsed : throw ApiException.Field("severity", "must be CRITICAL, ERROR, WARNING, RECOVERY or INFO");
        }

        return new EventFilter
        {
            Severity = severity,
            Cluster = context.Request.RouteValues["fsid"] is string fsid ? clusters.Need(fsid).Id?.ToString() : null,
            Server = context.Request.RouteValues["fqdn"] as string,
            Kind = Word("kind"),
            Entity = Word("entity"),
        };

        string? Word(string name) => (string?)context.Request.Query[name] is { Length: > 0 } value ? value : null;
    }

    private static EventResource Of(StoredEvent e) =>
        new(e.When, e.Severity.ToName(), e.Message, e.Id, e.Kind, Some(e.Cluster), Some(e.Entity), Some(e.Server));

    private static string? Some(string text) => text.Length == 0 ? null : text;
}
