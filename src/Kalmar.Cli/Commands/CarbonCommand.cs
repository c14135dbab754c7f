using System.CommandLine;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Services;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar carbon</c>: carbon-cache, carbon-relay or carbon-aggregator by their own configuration.</summary>
internal static class CarbonCommand
{
    private static readonly Dictionary<string, CarbonProgram> Programs = new(StringComparer.Ordinal)
    {
        ["cache"] = CarbonProgram.Cache,
        ["relay"] = CarbonProgram.Relay,
        ["aggregator"] = CarbonProgram.Aggregator,
        ["aggregator-cache"] = CarbonProgram.AggregatorCache,
    };

    public static Command Create()
    {
        var conf = new Option<string>("--config", "-c") { Description = "carbon.conf; schemas and rules are beside it.", HelpName = "FILE", Required = true };
        var program = new Option<string>("--program") { Description = "cache, relay, aggregator or aggregator-cache.", HelpName = "PROGRAM", DefaultValueFactory = _ => "cache" };
        var instance = new Option<string?>("--instance") { Description = "One instance, as in [cache:b]; all of them when not told.", HelpName = "NAME" };
        var command = new Command("carbon", """
            Takes metrics as Graphite's Carbon does, by its own carbon.conf: in the place of carbon-cache, carbon-relay or carbon-aggregator.

            storage-schemas.conf, storage-aggregation.conf, aggregation-rules.conf, rewrite-rules.conf, blacklist.conf and whitelist.conf are
            read beside it, and again when they change; relay-rules.conf is read at the start, as Carbon does. Keys that only Kalmar has: JOURNAL_DIR, SPOOL_DIR, REMOTE_WRITE_URLS,
            RECEIVER_TLS_CERTIFICATE, RECEIVER_TLS_KEY, FLUSH_INTERVAL. Ctrl-C writes all that was taken, then ends.
            """) { conf, program, instance };
        command.SetAction(async (result, cancellationToken) =>
        {
            if (!Programs.TryGetValue(result.GetValue(program)!, out CarbonProgram which))
            {
                throw new CommandException($"unknown program '{result.GetValue(program)}'; use one of {string.Join(", ", Programs.Keys)}", ExitCode.Usage);
            }

            return await RunAsync(result.GetValue(conf)!, which, result.GetValue(instance), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(string conf, CarbonProgram program, string? instance, CancellationToken cancellationToken)
    {
        if (!File.Exists(conf))
        {
            throw new CommandException($"{conf} is not there; name a carbon.conf with -c, for example -c /etc/carbon/carbon.conf", ExitCode.Configuration);
        }

        List<CarbonService> services = [];
        CarbonOptions? options = null;
        try
        {
            foreach (string name in instance is null ? CarbonConf.Instances(conf, program) : [instance])
            {
                options = CarbonConf.Load(conf, program, name);
                services.Add(await CarbonService.StartAsync(options, n => Console.Error.WriteLine($"carbon {name}: {n.Kind}: {n.Message}")).ConfigureAwait(false));
                foreach ((ReceiverProtocol protocol, System.Net.IPEndPoint endPoint) in services[^1].EndPoints)
                {
                    Console.WriteLine($"carbon {name}: {protocol} on {endPoint}");
                }

                foreach ((string what, System.Net.IPEndPoint? endPoint) in new[] { ("Line (UDP)", services[^1].UdpEndPoint), ("Queries", services[^1].QueryEndPoint) })
                {
                    if (endPoint is not null)
                    {
                        Console.WriteLine($"carbon {name}: {what} on {endPoint}");
                    }
                }
            }

            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (CarbonConfigurationException e)
        {
            throw new CommandException(e.Message, ExitCode.Configuration, e);
        }
        catch (System.Net.Sockets.SocketException e) when (options is not null)
        {
            string ports = string.Join(", ", options.Receivers.Append(options.Udp).OfType<ReceiverOptions>().Select(r => $"{r.Protocol} {r.EndPoint}"));
            throw new CommandException($"carbon {options.Instance}: a port cannot be opened ({ports}, query {options.CacheQuery}): {e.Message}; see the *_PORT keys in {conf}", ExitCode.Unavailable, e);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Ok; // asked to stop; what was taken is written below
        }
        finally
        {
            foreach (CarbonService service in services)
            {
                await service.DisposeAsync().ConfigureAwait(false);
            }
        }

        return ExitCode.Ok;
    }
}
