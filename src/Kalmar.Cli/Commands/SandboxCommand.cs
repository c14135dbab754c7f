using System.CommandLine;
using System.Text.Json;
using Kalmar.Sandbox;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar sandbox …</c>: a real Ceph cluster on this machine, to try things with and to break.</summary>
internal static class SandboxCommand
{
    public static Command Create() => new("sandbox", "A real Ceph cluster on this machine's loopback, to try things with and to break.")
    {
        CreateStart(),
        CreateStop(),
        CreateStatus(),
        CreateDaemonCommand("kill", "Ends a daemon at once (SIGKILL), as a crash would.", static (c, d, t) => c.KillAsync(d, t), "killed"),
        CreateDaemonCommand("freeze", "Freezes a daemon (SIGSTOP), as a hung host would.", static (c, d, t) => c.FreezeAsync(d, t), "frozen"),
        CreateDaemonCommand("revive", "Starts a daemon that does not run, or lets a frozen one go on.", static (c, d, t) => c.ReviveAsync(d, t), "running"),
        CreateDestroy(),
    };

    private static Command CreateStart()
    {
        var arguments = new SandboxArguments();
        var command = new Command("start", "Makes the sandbox when there is none, and starts all its daemons.");
        arguments.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var progress = new StepPrinter();
            SandboxCluster cluster = await arguments.OpenOrCreateAsync(result, progress, cancellationToken).ConfigureAwait(false);
            await cluster.StartAsync(progress, cancellationToken).ConfigureAwait(false);
            Console.WriteLine($"Ceph is running. Try: ceph -c {cluster.ConfPath} -s");
            Console.WriteLine($"                 or: kalmar status -c {cluster.ConfPath}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateStop()
    {
        var arguments = new SandboxArguments();
        var command = new Command("stop", "Stops all daemons; the data stays.");
        arguments.AddFolderTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            SandboxCluster cluster = await SandboxCluster.OpenAsync(arguments.ReadFolder(result), cancellationToken: cancellationToken).ConfigureAwait(false);
            await cluster.StopAsync(new StepPrinter(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateDestroy()
    {
        var arguments = new SandboxArguments();
        var command = new Command("destroy", "Stops all daemons and removes the sandbox with all its data.");
        arguments.AddFolderTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            SandboxCluster cluster = await SandboxCluster.OpenAsync(arguments.ReadFolder(result), cancellationToken: cancellationToken).ConfigureAwait(false);
            await cluster.DestroyAsync(new StepPrinter(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateStatus()
    {
        var arguments = new SandboxArguments();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("status", "Shows which daemons run. Exit code 1 when one does not.") { json };
        arguments.AddFolderTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            SandboxCluster cluster = await SandboxCluster.OpenAsync(arguments.ReadFolder(result), cancellationToken: cancellationToken).ConfigureAwait(false);
            SandboxStatus status = await cluster.StatusAsync(cancellationToken).ConfigureAwait(false);
            if (result.GetValue(json))
            {
                await PrintJsonAsync(status, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                Console.WriteLine($"folder  {status.Folder}");
                Console.WriteLine($"fsid    {status.Fsid}");
                Console.WriteLine($"conf    {status.ConfPath}");
                foreach (SandboxDaemonStatus daemon in status.Daemons)
                {
                    Console.WriteLine($"{daemon.Name,-16} {State(daemon),-8} {(daemon.ProcessId is { } pid ? $"pid {pid}" : "")}");
                }
            }

            return status.AllRunning ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static Command CreateDaemonCommand(
        string name, string description, Func<SandboxCluster, string, CancellationToken, Task> action, string done)
    {
        var arguments = new SandboxArguments();
        var daemon = new Argument<string>("daemon") { Description = "The daemon: osd.0, mon.a, mgr.x, mds.a, rgw.a." };
        var command = new Command(name, description) { daemon };
        arguments.AddFolderTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            SandboxCluster cluster = await SandboxCluster.OpenAsync(arguments.ReadFolder(result), cancellationToken: cancellationToken).ConfigureAwait(false);
            string which = result.GetValue(daemon)!;
            await action(cluster, which, cancellationToken).ConfigureAwait(false);
            Console.WriteLine($"{which} {done}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static string State(SandboxDaemonStatus daemon) => (daemon.Running, daemon.Frozen) switch
    {
        (false, _) => "stopped",
        (_, true) => "frozen",
        _ => "running",
    };

    private static async Task PrintJsonAsync(SandboxStatus status, CancellationToken cancellationToken)
    {
        using Stream output = Console.OpenStandardOutput();
        await using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("folder", status.Folder);
        writer.WriteString("fsid", status.Fsid);
        writer.WriteString("conf", status.ConfPath);
        writer.WriteStartArray("daemons");
        foreach (SandboxDaemonStatus daemon in status.Daemons)
        {
            writer.WriteStartObject();
            writer.WriteString("name", daemon.Name);
            writer.WriteString("state", State(daemon));
            if (daemon.ProcessId is { } pid)
            {
                writer.WriteNumber("pid", pid);
            }

            writer.WriteString("log", daemon.LogPath);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        output.WriteByte((byte)'\n');
    }
}
