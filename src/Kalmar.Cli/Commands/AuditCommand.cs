using System.CommandLine;
using System.Globalization;
using Kalmar.Cli.Configuration;
using Kalmar.Cli.Hosting;
using Kalmar.Manager.Audit;
using Kalmar.Manager.State;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar audit</c>: who did what, and whether the log was tampered with.</summary>
internal static class AuditCommand
{
    public static Command Create() => new("audit", "The log of who did what, each line chained to the one before by SHA-256.") { Verify(), Show() };

    private static Command Verify()
    {
        var serve = new ServeArguments();
        var expect = new Option<string?>("--expect")
        {
            Description = "A line and its hash that were kept elsewhere and must still stand in the log.",
            HelpName = "LINE:HASH",
        };
        var command = new Command("verify", """
            Checks that no line of the audit log was changed, removed, added or moved. Exit code 1 when one was.

            Whoever can write the database can also write a whole new log: keep the line and hash that this prints
            somewhere else, and give them back with --expect.
            """) { expect };
        serve.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            (long, string)? expected = result.GetValue(expect) is { } text ? ParseExpected(text) : null;
            StateStore state = await OpenAsync(serve, result, cancellationToken).ConfigureAwait(false);
            await using (state.ConfigureAwait(false))
            {
                AuditVerdict verdict = await state.Audit.VerifyAsync(expected, cancellationToken).ConfigureAwait(false);
                if (verdict.Problem is { } problem)
                {
                    Console.Error.WriteLine($"kalmar: the audit log is not intact: {problem}");
                    return ExitCode.Failed;
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"intact: {verdict.Lines} lines; last {verdict.Lines}:{verdict.LastHash}"));
                return ExitCode.Ok;
            }
        });
        return command;
    }

    private static Command Show()
    {
        var serve = new ServeArguments();
        var lines = new Option<int>("--lines", "-n") { Description = "How many.", DefaultValueFactory = _ => 20 };
        var command = new Command("show", "Prints the last lines of the audit log, the newest last.") { lines };
        serve.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            int count = result.GetValue(lines);
            if (count is < 1 or > 1000)
            {
                throw new CommandException("--lines takes 1 to 1000", ExitCode.Usage);
            }

            StateStore state = await OpenAsync(serve, result, cancellationToken).ConfigureAwait(false);
            await using (state.ConfigureAwait(false))
            {
                (_, IReadOnlyList<AuditLine> found) = await state.Audit.PageAsync(new AuditFilter(), 1, count, cancellationToken).ConfigureAwait(false);
                foreach (AuditLine line in found.Reverse())
                {
                    AuditEntry entry = line.Entry;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{line.Sequence} {line.At:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Plain(entry.Actor)} {(entry.Address.Length == 0 ? "-" : Plain(entry.Address))} {Plain(entry.Action)} {entry.Outcome} {Plain(entry.Object)} {Plain(entry.Detail)}"));
                }
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Task<StateStore> OpenAsync(ServeArguments serve, ParseResult result, CancellationToken cancellationToken)
    {
        KalmarOptions options = KalmarConfiguration.Load(serve.ReadConfig(result), serve.ReadKeys(result), KalmarConfiguration.ProcessEnvironment());
        return KalmarHost.OpenStateAsync(options, TimeProvider.System, mustExist: true, cancellationToken);
    }

    // What users typed must not steer the terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static (long, string) ParseExpected(string text)
    {
        string[] parts = text.Split(':', 2);
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long line)
            && parts[1].Length == 64
            && parts[1].All(char.IsAsciiHexDigit)
            ? (line, parts[1])
            : throw new CommandException($"--expect takes LINE:HASH as 'kalmar audit verify' prints it, not '{text}'", ExitCode.Usage);
    }
}
