using System.CommandLine;
using System.Net;
using System.Runtime.CompilerServices;
using Kalmar.Graphite.Cluster;
using Kalmar.Graphite.Dashboards;
using Kalmar.Graphite.Events;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Tags;
using Kalmar.Manager.Graphite;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar graphite</c>: Graphite's API over a folder of Whisper files, without Ceph.</summary>
internal static class GraphiteCommand
{
    public static Command Create()
    {
        var whisper = new Option<string>("--whisper") { Description = "The folder of Whisper files.", HelpName = "DIR", Required = true };
        var listen = new Option<string>("--listen") { Description = "Address and port to serve on.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:8080" };
        var servers = new Option<string[]>("--server") { Description = "Another Graphite server whose metrics are shown beside these; add ?format=pickle for one older than 1.1. Repeat it for more.", HelpName = "URL", AllowMultipleArgumentsPerToken = false };
        var anonymous = new Option<bool>("--anonymous-read") { Description = "Let everybody who reaches the port read. Needed for an address that is not loopback, because there is no sign-in here." };
        var cache = new Option<int>("--cache-seconds") { Description = "How long an answer is kept when the request does not say; 0 keeps none.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
        var data = new Option<string?>("--data") { Description = "Folder for tags, events and dashboards (graphite.db); without it they are forgotten at the end.", HelpName = "DIR" };
        var command = new Command("graphite", "Serves Graphite's API (render, find, tags, events …) from a folder of Whisper files, without Ceph. Ctrl-C stops it.")
        {
            whisper, listen, data, servers, anonymous, cache,
        };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetValue(whisper)!, result.GetValue(data), [.. (result.GetValue(servers) ?? []).Select(ParseServer)], Parse(result.GetValue(listen)!, result.GetValue(anonymous)), result.GetValue(anonymous), result.GetValue(cache), cancellationToken));
        return command;
    }

    private static IPEndPoint Parse(string text, bool anonymous)
    {
        string address = text.Replace("http://", "", StringComparison.Ordinal).Replace("localhost", "127.0.0.1", StringComparison.Ordinal).TrimEnd('/');
        if (!IPEndPoint.TryParse(address, out IPEndPoint? listen) || !address.EndsWith($":{listen.Port}", StringComparison.Ordinal))
        {
            throw new CommandException($"--listen: '{text}' is no address with a port, for example 127.0.0.1:8080", ExitCode.Usage);
        }

        return IPAddress.IsLoopback(listen.Address) || anonymous
            ? listen
            : throw new CommandException(
                $"--listen: {text} can be reached from other machines, and there is no sign-in here. Add --anonymous-read to let everybody read, or listen on 127.0.0.1.", ExitCode.Usage);
    }

    private static RemoteServer ParseServer(string text) => RemoteServerOptions.Parse(text) is { } options
        ? new RemoteServer(options)
        : throw new CommandException($"--server: '{text}' is no http address, for example http://10.0.0.7:8080 or http://10.0.0.7/graphite?format=pickle", ExitCode.Usage);

    private static async Task<int> RunAsync(string whisper, string? data, IReadOnlyList<RemoteServer> servers, IPEndPoint listen, bool anonymous, int cacheSeconds, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(whisper);
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"--whisper: folder {folder} is not there", ExitCode.Io);
        }

        GraphiteStore? store = data is null ? null : await OpenAsync(Path.GetFullPath(data), cancellationToken).ConfigureAwait(false);
        using var source = new WhisperFolderSource(folder);
        var rescan = new PeriodicRescan(source.Rescan, TimeSpan.FromMinutes(1), TimeProvider.System);
        await using ConfiguredAsyncDisposable rescanning = rescan.ConfigureAwait(false);
        var options = new GraphiteOptions
        {
            Source = servers.Count == 0 ? source : new ClusterSource(source, servers),
            CacheSeconds = cacheSeconds,
            AnonymousRead = anonymous ? GraphiteAudience.Everybody : GraphiteAudience.Loopback,
            AnonymousWrite = GraphiteAudience.Loopback,
            OwnsRoot = true,
            Tags = store?.Tags ?? await TagIndex.OpenAsync(null, cancellationToken).ConfigureAwait(false),
            Events = store?.Events ?? new MemoryEventStore(),
            Dashboards = store?.Dashboards ?? new MemoryDashboardStore(),
        };
        var watch = new WhisperFolderWatch(source);
        await using ConfiguredAsyncDisposable watching = watch.ConfigureAwait(false);
        WebApplication app = GraphiteStandalone.Create(listen, options, TimeProvider.System);
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new CommandException($"--listen: {listen} cannot be used: {e.InnerException?.Message ?? e.Message}", ExitCode.Unavailable, e);
            }

            await Console.Out.WriteLineAsync($"graphite: {string.Join(' ', app.Urls)} from {folder}, {source.Index.Count} metrics").ConfigureAwait(false);
            if (watch.Trouble is { } trouble)
            {
                await Console.Error.WriteLineAsync($"graphite: new metrics are found within a minute, not at once: {trouble}").ConfigureAwait(false);
            }

            await CommandEnd.WaitAsync(cancellationToken).ConfigureAwait(false);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        if (store is not null)
        {
            await store.DisposeAsync().ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }

    private static async Task<GraphiteStore> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return await GraphiteStore.OpenAsync(new SqliteDatabase(Path.Combine(folder, "graphite.db")), NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StateStoreException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--data: {e.Message}", ExitCode.Io, e);
        }
    }
}
