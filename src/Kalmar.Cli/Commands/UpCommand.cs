using System.CommandLine;
using Kalmar.Cli.Configuration;
using Kalmar.Cli.Hosting;
using Kalmar.Sandbox;
using Kalmar.Server;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar up</c>: from nothing to a page that shows a real cluster.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var sandbox = new SandboxArguments();
        var serve = new ServeArguments();
        var command = new Command("up", "Starts a real Ceph cluster on this machine and Kalmar beside it. Ctrl-C stops both; the data stays for the next time.");
        sandbox.AddTo(command);
        serve.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            Dictionary<string, string?> keys = serve.ReadKeys(result);
            keys.TryAdd("data", Path.Combine(sandbox.ReadFolder(result), "..", "kalmar"));
            keys.TryAdd("web:anonymousRead", "false");
            keys.TryAdd("graphite:anonymousRead", "true");

            // The configuration is checked before minutes go into packages and daemons.
            KalmarConfiguration.Load(serve.ReadConfig(result), keys, KalmarConfiguration.ProcessEnvironment());
            var progress = new StepPrinter();
            SandboxCluster cluster = await sandbox.OpenOrCreateAsync(result, progress, cancellationToken).ConfigureAwait(false);
            try
            {
                await cluster.StartAsync(progress, cancellationToken).ConfigureAwait(false);
                keys["clusters:0:conf"] = cluster.ConfPath;
                KalmarOptions options = KalmarConfiguration.Load(serve.ReadConfig(result), keys, KalmarConfiguration.ProcessEnvironment());
                progress.Report("starting Kalmar");
                (KalmarHost host, FirstAdministrator? administrator) = await KalmarHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
                await using (host.ConfigureAwait(false))
                {
                    progress.Report("ready");
                    Announcement.Print(host.Addresses, administrator, options.Data, cluster.ConfPath);
                    await CommandEnd.WaitAsync(cancellationToken).ConfigureAwait(false);
                    progress.Report("stopping Kalmar");
                }
            }
            finally
            {
                progress.Report("stopping Ceph");
                await cluster.StopAsync(null, CancellationToken.None).ConfigureAwait(false);
                progress.Report("stopped");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
