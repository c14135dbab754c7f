using System.CommandLine;
using System.Text.Json;
using Kalmar.Cli.Configuration;
using Kalmar.Cli.Output;
using Kalmar.Manager.Clusters;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar status</c>: one look at a cluster, over the wire, without a server.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var cluster = new ClusterArguments();
        var json = new Option<bool>("--json") { Description = "Print JSON with the members of 'ceph status --format json'." };
        var timeout = new Option<int>("--timeout")
        {
            Description = "Seconds to wait for the monitors.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
        };
        var command = new Command("status", "Shows a cluster's health, daemons, placement groups and capacity. Exit code 1 unless HEALTH_OK or HEALTH_WARN.")
        {
            json,
            timeout,
        };
        cluster.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            ClusterSnapshot snapshot = await LookAsync(cluster.Read(result), TimeSpan.FromSeconds(result.GetValue(timeout)), cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            if (result.GetValue(json))
            {
                using Stream output = Console.OpenStandardOutput();
                await using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
                {
                    StatusJson.Write(writer, snapshot, now);
                }

                output.WriteByte((byte)'\n');
            }
            else
            {
                new StatusText(Console.Out, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null, now).Write(snapshot);
            }

            return snapshot.Health is { Value.Status: HealthSeverity.Ok or HealthSeverity.Warning } ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>Watches the cluster just until every part that is shown is there.</summary>
    private static async Task<ClusterSnapshot> LookAsync(ClusterOptions options, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var monitor = new ClusterMonitor(
            new ClusterMonitorOptions
            {
                Name = options.Cluster ?? "ceph",
                Open = ClusterOpener.For(options),
                StatusOnly = true,
            },
            TimeProvider.System,
            NullLogger<ClusterMonitor>.Instance);
        await using (monitor.ConfigureAwait(false))
        {
            monitor.Start();
            try
            {
                ClusterSnapshot snapshot = await monitor.WaitForAsync(s => s.Contact.State == ContactState.Refused || IsComplete(s), limit.Token).ConfigureAwait(false);
                return snapshot.Contact.State != ContactState.Refused
                    ? snapshot
                    : throw (monitor.LastFailure ?? new CommandException(snapshot.Contact.Detail, ExitCode.NoPermission));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                ClusterContact contact = monitor.Snapshot.Contact;
                throw new CommandException(
                    $"no answer from the monitors within {timeout.TotalSeconds:0} s: {contact.Detail}", ExitCode.Unavailable);
            }
        }
    }

    private static bool IsComplete(ClusterSnapshot s) =>
        s is { MonMap: not null, OsdMap: not null, MgrMap: not null }
        && (s.Missing.Count > 0 || s is { Health: not null, Quorum: not null, Pgs: not null, Capacity: not null });
}
