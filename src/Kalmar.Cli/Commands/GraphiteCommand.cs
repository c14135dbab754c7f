using System.CommandLine;
using System.Net;
using Kalmar.Graphite.Sources;
using Kalmar.Server.Endpoints;
using Microsoft.AspNetCore.Builder;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar graphite</c>: Graphite's API over a folder of Whisper files, without Ceph.</summary>
internal static class GraphiteCommand
{
    public static Command Create()
    {
        var whisper = new Option<string>("--whisper") { Description = "The folder of Whisper files.", HelpName = "DIR", Required = true };
        var listen = new Option<string>("--listen") { Description = "Address and port to serve on.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:8080" };
        var anonymous = new Option<bool>("--anonymous-read") { Description = "Let everybody who reaches the port read. Needed for an address that is not loopback, because there is no sign-in here." };
        var cache = new Option<int>("--cache-seconds") { Description = "How long an answer is kept when the request does not say; 0 keeps none.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };
        var command = new Command("graphite", "Serves Graphite's API (render, find, tags, events …) from a folder of Whisper files, without Ceph. Ctrl-C stops it.")
        {
            whisper, listen, anonymous, cache,
        };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetValue(whisper)!, Parse(result.GetValue(listen)!, result.GetValue(anonymous)), result.GetValue(anonymous), result.GetValue(cache), cancellationToken));
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

    private static async Task<int> RunAsync(string whisper, IPEndPoint listen, bool anonymous, int cacheSeconds, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(whisper);
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"--whisper: folder {folder} is not there", ExitCode.Io);
        }

        using var source = new WhisperFolderSource(folder);
        var options = new GraphiteOptions
        {
            Source = source,
            CacheSeconds = cacheSeconds,
            AnonymousRead = anonymous ? GraphiteAudience.Everybody : GraphiteAudience.Loopback,
            AnonymousWrite = GraphiteAudience.Loopback,
        };
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
            await CommandEnd.WaitAsync(cancellationToken).ConfigureAwait(false);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }
}
