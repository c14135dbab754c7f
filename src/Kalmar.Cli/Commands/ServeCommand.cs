using System.CommandLine;
using Kalmar.Cli.Configuration;
using Kalmar.Cli.Hosting;
using Kalmar.Server;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar serve</c>: the server beside one or more clusters.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var cluster = new ClusterArguments(withClusterName: false);
        var serve = new ServeArguments();
        var more = new Option<string[]>("--cluster")
        {
            Description = "A cluster by name (/etc/ceph/NAME.conf) or by the path of its ceph.conf, with =TYPE.ID to be somebody else there. Repeat it for more.",
            HelpName = "NAME|CONF[=TYPE.ID]",
            AllowMultipleArgumentsPerToken = false,
        };
        var command = new Command("serve", "Watches clusters, keeps their history and serves pages and APIs. Ctrl-C stops it.") { more };
        serve.AddTo(command);
        cluster.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            Dictionary<string, string?> keys = serve.ReadKeys(result);
            Dictionary<string, string?> first = cluster.ReadKeys(result).ToDictionary();
            int next = first.ContainsKey("clusters:0:conf") ? 1 : 0;
            foreach ((string key, string? value) in first.Concat(ReadMore(result.GetValue(more) ?? [], next)))
            {
                keys.TryAdd(key, value);
            }

            KalmarOptions options = KalmarConfiguration.Load(serve.ReadConfig(result), keys, KalmarConfiguration.ProcessEnvironment());
            (KalmarHost host, FirstAdministrator? administrator) = await KalmarHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                Announcement.Print(host.Addresses, administrator, options.Data, null);
                await CommandEnd.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<KeyValuePair<string, string?>> ReadMore(string[] clusters, int next)
    {
        foreach (string cluster in clusters)
        {
            string[] parts = cluster.Split('=', 2);
            bool isFile = parts[0].Contains('/', StringComparison.Ordinal) || parts[0].EndsWith(".conf", StringComparison.Ordinal);
            yield return new($"clusters:{next}:cluster", isFile ? Path.GetFileNameWithoutExtension(parts[0]) : parts[0]);
            if (isFile)
            {
                yield return new($"clusters:{next}:conf", parts[0]);
            }

            if (parts.Length == 2)
            {
                yield return new($"clusters:{next}:name", parts[1]);
            }

            next++;
        }
    }
}
