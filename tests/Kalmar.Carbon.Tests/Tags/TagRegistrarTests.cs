using System.Net;
using System.Text;
using Kalmar.Carbon.Tags;
using Kalmar.Testing;

namespace Kalmar.Carbon.Tests.Tags;

/// <summary>A server that refuses stands in here, as a real graphite-web cannot be made to; the real one is in <c>PeerTests</c>.</summary>
public sealed class TagRegistrarTests
{
    [Fact]
    public async Task Names_wait_for_a_server_that_is_away_and_a_refused_one_takes_no_other_with_it()
    {
        int port = FreePorts.Take();
        var options = new TagOptions { GraphiteUrl = new Uri($"http://user:secret@127.0.0.1:{port}/graphite/"), RetryDelay = TimeSpan.FromMilliseconds(20), UpdateInterval = 10 };
        await using var registrar = new TagRegistrar(options);
        for (int i = 0; i < 50; i++)
        {
            registrar.Created(Encoding.UTF8.GetBytes(i == 17 ? "bad;a=ü" : $"m{i};a=ü"));
        }

        await Eventually.TrueAsync("it has seen that nobody is there", () => Task.FromResult(registrar.Trouble is not null));
        Assert.DoesNotContain("secret", registrar.Trouble + registrar.Address, StringComparison.Ordinal);
        int away = 2;
        await using var server = new Server(port, body => Interlocked.Decrement(ref away) >= 0 ? 503 : body.Contains("bad", StringComparison.Ordinal) ? 400 : 200);
        await Eventually.TrueAsync("all are told", () => Task.FromResult(registrar.Told + registrar.Refused == 50));
        Assert.Equal((49, 1, 0), (registrar.Told, registrar.Refused, registrar.Dropped));
        Assert.Equal(("/graphite/tags/tagMultiSeries", "Basic dXNlcjpzZWNyZXQ="), server.Last);
        string[] names = [.. server.Taken];
        Assert.Equal(49, names.Distinct().Count());
        Assert.Contains("m49;a=ü", names);

        // One of ten updates tells its series again.
        for (int i = 0; i < 25; i++)
        {
            registrar.Updated("again"u8);
        }

        await Eventually.TrueAsync("three more are told", () => Task.FromResult(registrar.Told == 52));
        Assert.Null(registrar.Trouble);
    }

    [Fact]
    public async Task Names_over_the_limit_are_dropped_and_counted_and_stopping_does_not_wait_for_a_server_that_is_away()
    {
        var options = new TagOptions { GraphiteUrl = new Uri($"http://127.0.0.1:{FreePorts.Take()}"), QueueSize = 10, UpdateInterval = 1, Linger = TimeSpan.FromHours(1), ShutdownTimeout = TimeSpan.FromHours(1) };
        var registrar = new TagRegistrar(options);
        for (int i = 0; i < 8; i++)
        {
            registrar.Updated(Encoding.UTF8.GetBytes($"m{i}"));
        }

        Assert.Equal(3, registrar.Dropped);
        for (int i = 0; i < 8; i++)
        {
            registrar.Created(Encoding.UTF8.GetBytes($"n{i}"));
        }

        Assert.Equal(6, registrar.Dropped);
        await registrar.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal((0, 16), (registrar.Told, registrar.Dropped));
    }

    /// <summary>Answers every post with what a function says.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _loop;

        public Server(int port, Func<string, int> answer)
        {
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            _listener.Start();
            _loop = Task.Run(async () =>
            {
                while (_listener.IsListening)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                    string body = await reader.ReadToEndAsync();
                    Last = (context.Request.Url!.AbsolutePath, context.Request.Headers["Authorization"]);
                    context.Response.StatusCode = answer(body);
                    if (context.Response.StatusCode == 200)
                    {
                        Taken.AddRange(body.Split('&').Select(p => Uri.UnescapeDataString(p["path=".Length..])));
                    }

                    context.Response.Close();
                }
            });
        }

        public (string Path, string? User) Last { get; private set; }

        public List<string> Taken { get; } = [];

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
