using System.CommandLine;
using System.Text.Json;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar command</c>: any command of the monitors or of a daemon.</summary>
internal static class CommandCommand
{
    public static Command Create()
    {
        var cluster = new ClusterArguments();
        var words = new Argument<string[]>("words")
        {
            Description = "The command: its words, then its arguments as NAME=VALUE; or one JSON object.",
            Arity = ArgumentArity.OneOrMore,
        };
        var target = new Option<string>("--target")
        {
            Description = "Who is asked: mon (the quorum), mon.a, mgr, mgr.x, osd.3, mds.a.",
            DefaultValueFactory = _ => "mon",
        };
        var format = new Option<string>("--format") { Description = "How the answer is printed.", DefaultValueFactory = _ => "json-pretty" };
        format.AcceptOnlyFromAmong("json", "json-pretty", "plain");
        var input = new Option<string?>("--input", "-i") { Description = "File whose content is sent along (- is standard input).", HelpName = "FILE" };
        var command = new Command("command", """
            Runs a command of the monitors or of a daemon and prints its answer.

            Examples:  kalmar command osd tree
                       kalmar command osd pool create pool=data pg_num=32
                       kalmar command --target osd.0 perf dump
                       kalmar command '{"prefix": "osd df", "format": "json"}' --target mgr
            """)
        {
            words,
            target,
            format,
            input,
        };
        cluster.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            string form = result.GetValue(format)!;
            CephCommand what = Parse(result.GetValue(words)!, form);
            ReadOnlyMemory<byte> sent = await ReadInputAsync(result.GetValue(input), cancellationToken).ConfigureAwait(false);
            RadosCluster rados = await ClusterOpener.OpenAsync(cluster.Read(result), cancellationToken).ConfigureAwait(false);
            await using (rados.ConfigureAwait(false))
            {
                await rados.Monitors.ConnectAsync(cancellationToken).ConfigureAwait(false);
                CommandResult answer = await SendAsync(rados, result.GetValue(target)!, what, sent, cancellationToken).ConfigureAwait(false);
                return Print(answer, form);
            }
        });
        return command;
    }

    private static Task<CommandResult> SendAsync(
        RadosCluster rados, string target, CephCommand command, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        int dot = target.IndexOf('.', StringComparison.Ordinal);
        string id = dot < 0 ? "" : target[(dot + 1)..];
        return (dot < 0 ? target : target[..dot], id) switch
        {
            ("mon", "") => rados.CommandAsync(command, input, null, cancellationToken),
            ("mon", _) => rados.TellMonAsync(id, command, null, cancellationToken),
            ("mgr", "") => rados.MgrCommandAsync(command, input, null, cancellationToken),
            ("mgr", _) => rados.TellMgrAsync(command, null, cancellationToken),
            ("mds", { Length: > 0 }) => rados.TellMdsAsync(id, command, null, cancellationToken),
            ("osd", _) when int.TryParse(id, out int osd) && osd >= 0 => rados.TellOsdAsync(new OsdId(osd), command, null, cancellationToken),
            _ => throw new CommandException($"'{target}' is no target; expected mon, mon.a, mgr, mgr.x, osd.3 or mds.a", ExitCode.Usage),
        };
    }

    private static CephCommand Parse(string[] words, string format)
    {
        try
        {
            if (words is [{ } json] && json.TrimStart().StartsWith('{'))
            {
                return CephCommand.Parse(json);
            }
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message, ExitCode.Usage, e);
        }

        string[] prefix = [.. words.TakeWhile(w => !w.Contains('=', StringComparison.Ordinal))];
        if (prefix.Length == 0)
        {
            throw new CommandException("the command has no words before its arguments; for example: kalmar command osd pool create pool=data", ExitCode.Usage);
        }

        var command = new CephCommand(string.Join(' ', prefix));
        foreach (string argument in words.Skip(prefix.Length))
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new CommandException($"'{argument}' is no argument; expected NAME=VALUE", ExitCode.Usage);
            }

            string value = argument[(equals + 1)..];
            command = long.TryParse(value, out long number) ? command.With(argument[..equals], number)
                : value is "true" or "false" ? command.With(argument[..equals], value == "true")
                : command.With(argument[..equals], value);
        }

        return format == "plain" ? command.With("format", "plain") : command;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadInputAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return default;
        }

        if (file != "-")
        {
            return await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        }

        using var buffer = new MemoryStream();
        using Stream standard = Console.OpenStandardInput();
        await standard.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        return buffer.ToArray();
    }

    private static int Print(CommandResult answer, string format)
    {
        if (answer.Status.Length > 0)
        {
            Console.Error.WriteLine(answer.Status);
        }

        if (answer.Output.Length > 0)
        {
            using Stream output = Console.OpenStandardOutput();
            if (format == "json-pretty" && TryParse(answer.Output) is { } document)
            {
                using (document)
                using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
                {
                    document.WriteTo(writer);
                }
            }
            else
            {
                output.Write(answer.Output.Span);
            }

            if (answer.Output.Span[^1] != '\n' || format == "json-pretty")
            {
                output.WriteByte((byte)'\n');
            }
        }

        if (!answer.IsSuccess)
        {
            Console.Error.WriteLine($"kalmar: '{answer.Command}' failed with errno {-(long)answer.Result}{(answer.Advice is { } advice ? $": {advice}" : "")}");
            return answer.Result is -1 or -13 ? ExitCode.NoPermission : ExitCode.Failed;
        }

        return ExitCode.Ok;
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> output)
    {
        try
        {
            return JsonDocument.Parse(output);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
