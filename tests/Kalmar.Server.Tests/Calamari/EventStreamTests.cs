using Kalmar.Manager.Events;
using Kalmar.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Kalmar.Server.Tests.Calamari;

/// <summary>Events as they happen, and from where the reader left off.</summary>
public sealed class EventStreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_resumes_after_the_last_event_that_the_reader_has_and_goes_on_live()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(time: TimeProvider.System);
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        IEventLog log = server.Services.GetRequiredService<IEventLog>();
        StoredEvent first = await log.AppendAsync(new NewEvent(EventSeverity.Info, EventKinds.Pool, "one", Samples.Fsid), Stop);
        await log.AppendAsync(new NewEvent(EventSeverity.Info, EventKinds.Pool, "two", Samples.Fsid), Stop);
        await log.AppendAsync(new NewEvent(EventSeverity.Info, EventKinds.Pool, "elsewhere", Guid.Empty.ToString()), Stop);

        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/v2/cluster/{Samples.Fsid}/event/stream");
        request.Headers.Add("Last-Event-ID", $"{first.Id}");
        using HttpResponseMessage answer = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using StreamReader reader = new(await answer.Content.ReadAsStreamAsync(Stop));
        Assert.Contains("\"message\":\"two\"", await NextAsync(reader), StringComparison.Ordinal);
        await log.AppendAsync(new NewEvent(EventSeverity.Warning, EventKinds.Pool, "three", Samples.Fsid), Stop);
        Assert.Contains("\"message\":\"three\"", await NextAsync(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_after_an_id_that_no_event_has_yet_goes_on_with_what_is_new()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(time: TimeProvider.System);
        using ApiClient client = await ApiClient.AdministratorAsync(server);
        IEventLog log = server.Services.GetRequiredService<IEventLog>();
        await log.AppendAsync(new NewEvent(EventSeverity.Info, EventKinds.Pool, "old", Samples.Fsid), Stop);
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/v2/event/stream");
        request.Headers.Add("Last-Event-ID", "99999999999");
        using HttpResponseMessage answer = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        using StreamReader reader = new(await answer.Content.ReadAsStreamAsync(Stop));
        Assert.Equal("event: heartbeat", await reader.ReadLineAsync(Stop));
        await Task.Delay(200, Stop);
        await log.AppendAsync(new NewEvent(EventSeverity.Info, EventKinds.Pool, "new", Samples.Fsid), Stop);
        Assert.Contains("\"message\":\"new\"", await NextAsync(reader), StringComparison.Ordinal);
    }

    private static async Task<string> NextAsync(StreamReader reader)
    {
        while (true)
        {
            string line = await reader.ReadLineAsync(Stop) ?? throw new EndOfStreamException();
            if (line.StartsWith("data: {\"when\"", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
