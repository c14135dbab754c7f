using System.CommandLine;
using Kalmar.Cli.Commands;

namespace Kalmar.Cli;

/// <summary>The <c>kalmar</c> program: parses the command line, runs one command and turns whatever happens into one exit code.</summary>
public static class KalmarApplication
{
    /// <summary>By name, so that a run makes the one command that it is about.</summary>
    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("up", UpCommand.Create),
        ("serve", ServeCommand.Create),
        ("status", StatusCommand.Create),
        ("command", CommandCommand.Create),
        ("api", ApiCommand.Create),
        ("sandbox", SandboxCommand.Create),
        ("carbon", CarbonCommand.Create),
        ("graphite", GraphiteCommand.Create),
        ("whisper", WhisperCommand.Create),
        ("audit", AuditCommand.Create),
    ];

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = CreateRootCommand(args.FirstOrDefault()).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"kalmar: {error.Message}").ConfigureAwait(false);
            }

            await Console.Error.WriteLineAsync("kalmar: see 'kalmar --help'").ConfigureAwait(false);
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // What was taken is written, however long a slow disk needs for it; a disk that refuses has its own limit.
            ProcessTerminationTimeout = parsed.CommandResult.Command.Name is "carbon" or "serve" ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(60),
        };
        try
        {
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (Exception e) when (CommandFailure.From(e) is { } failure)
        {
            await Console.Error.WriteLineAsync($"kalmar: {failure.Message}").ConfigureAwait(false);
            return failure.ExitCode;
        }
    }

    /// <summary>The tree of commands; made anew for each run.</summary>
    /// <param name="only">A command's name, to leave the others out; all of them for anything else.</param>
    public static RootCommand CreateRootCommand(string? only = null)
    {
        var root = new RootCommand("""
            Kalmar manages and monitors Ceph clusters: live state, history, alerts, actions.

            Try it:        kalmar up                          a real Ceph cluster on this machine, with Kalmar beside it
            Your cluster:  kalmar serve -c /etc/ceph/ceph.conf --name client.kalmar --data /var/lib/kalmar
            One look:      kalmar status -c /etc/ceph/ceph.conf

            Exit codes: 0 done, 1 the answer is no, 64 wrong usage, 69 something needed is not there, 74 input/output,
            77 not permitted, 78 wrong configuration, 130 interrupted.
            """);
        bool one = Commands.Any(c => c.Name == only);
        foreach ((string name, Func<Command> create) in Commands)
        {
            if (!one || name == only)
            {
                root.Subcommands.Add(create());
            }
        }

        return root;
    }
}
