using System.Net;
using System.Net.ServerSentEvents;
using Kalmar.Server.Live;
using Kalmar.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Kalmar.Server.Tests;

public sealed class LiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_tells_the_version_at_once_and_every_new_snapshot()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        using HttpResponseMessage answer = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        await using IAsyncEnumerator<SseItem<string>> events = Events(answer).GetAsyncEnumerator(Token);
        Assert.Equal(("snapshot", "1"), await NextAsync(events, e => e.EventType == LiveStreams.SnapshotEvent));
        server.Clusters.Set(Samples.Ailing(server.Time.GetUtcNow()));
        Assert.Equal(("snapshot", "2"), await NextAsync(events, e => e.EventType == LiveStreams.SnapshotEvent));
    }

    [Fact]
    public async Task Stream_gives_signs_of_life_while_nothing_changes()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        using HttpResponseMessage answer = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Token);
        await using IAsyncEnumerator<SseItem<string>> events = Events(answer).GetAsyncEnumerator(Token);
        Assert.Equal(("heartbeat", "1"), await NextAsync(events, e => e.EventType == LiveStreams.HeartbeatEvent));
    }

    [Fact]
    public async Task Stream_ends_when_its_time_is_over_so_that_the_session_is_looked_at_again()
    {
        // Streams count real time; a lifetime of zero ends right after the first event.
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(o => o with { LiveStreamLifetime = TimeSpan.FromSeconds(10) });
        KalmarServerOptions options = server.Services.GetRequiredService<KalmarServerOptions>() with { LiveStreamLifetime = TimeSpan.Zero };
        LiveStreams streams = ActivatorUtilities.CreateInstance<LiveStreams>(server.Services, options);
        List<SseItem<string>> items = [];
        await foreach (SseItem<string> item in streams.StreamAsync(Token))
        {
            items.Add(item);
        }

        Assert.Equal("snapshot", Assert.Single(items).EventType);
    }

    [Fact]
    public async Task More_streams_than_allowed_are_refused_and_a_closed_one_gives_its_place_back()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(o => o with { MaxLiveStreams = 2 });
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage first = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Token);
        using HttpResponseMessage second = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Token);
        using HttpResponseMessage third = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
        Assert.Equal("30", third.Headers.RetryAfter!.ToString());
        first.Dispose();
        LiveStreams streams = server.Services.GetRequiredService<LiveStreams>();
        while (streams.Open > 1)
        {
            await Task.Delay(10, Token);
        }

        using HttpResponseMessage fourth = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, fourth.StatusCode);
    }

    [Fact]
    public async Task Server_stops_although_streams_are_open()
    {
        ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        using HttpResponseMessage answer = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, Token);
        await server.DisposeAsync();
        await foreach (SseItem<string> item in Events(answer))
        {
            Assert.Contains(item.EventType, new[] { LiveStreams.SnapshotEvent, LiveStreams.HeartbeatEvent });
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> Events(HttpResponseMessage answer)
    {
        await foreach (SseItem<string> item in SseParser.Create(await answer.Content.ReadAsStreamAsync(Token)).EnumerateAsync(Token))
        {
            yield return item;
        }
    }

    private static async Task<(string Type, string Data)> NextAsync(IAsyncEnumerator<SseItem<string>> events, Func<SseItem<string>, bool> wanted)
    {
        while (await events.MoveNextAsync())
        {
            if (wanted(events.Current))
            {
                return (events.Current.EventType, events.Current.Data);
            }
        }

        return ("end", "");
    }
}
