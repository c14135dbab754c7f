using System.Globalization;
using System.Text.Json;
using Kalmar.Rados;

namespace Kalmar.Server.Endpoints.Calamari.Cli;

/// <summary>
/// Turns the words of a <c>ceph</c> command line into the JSON that a cluster takes, by the descriptions that the cluster gives of its own
/// commands (<c>get_command_descriptions</c>). Nothing is ever run by a shell, so no word can become a second command.
/// </summary>
internal sealed class CliSignatures
{
    private const int ManagerFlag = 8;

    private readonly ILookup<string, CliSignature> _byFirstWord;

    private CliSignatures(IEnumerable<CliSignature> all) => _byFirstWord = all.Where(s => s.Words.Count > 0).ToLookup(s => s.Words[0], StringComparer.Ordinal);

    /// <summary>Reads the descriptions.</summary>
    public static CliSignatures Parse(ReadOnlyMemory<byte> descriptions)
    {
        using JsonDocument document = JsonDocument.Parse(descriptions);
        return new CliSignatures([.. document.RootElement.EnumerateObject().Select(c => Read(c.Value))]);
    }

    /// <summary>Finds the command that the words mean.</summary>
    /// <returns>The command with how it is described; null and what is wrong when there is none.</returns>
    public (CliSignature? Signature, CephCommand? Command, string Problem) Match(IReadOnlyList<string> words, string format)
    {
        string problem = "no such command";
        foreach (CliSignature signature in _byFirstWord[words[0]].OrderByDescending(s => s.Words.Count))
        {
            if (signature.Words.Count > words.Count || !signature.Words.SequenceEqual(words.Take(signature.Words.Count), StringComparer.Ordinal))
            {
                continue;
            }

            CephCommand command = new CephCommand(string.Join(' ', signature.Words)).With("format", format);
            (CephCommand? bound, string wrong) = Bind(signature, command, [.. words.Skip(signature.Words.Count)]);
            if (bound is not null)
            {
                return (signature, bound, "");
            }

            problem = problem == "no such command" ? $"{string.Join(' ', signature.Words)}: {wrong}" : problem;
        }

        return (null, null, problem);
    }

    private static (CephCommand? Command, string Problem) Bind(CliSignature signature, CephCommand command, List<string> rest)
    {
        HashSet<string> given = new(StringComparer.Ordinal);
        for (int i = rest.Count - 1; i >= 0; i--)
        {
            if (!rest[i].StartsWith("--", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = rest[i][2..].Split('=', 2);
            string name = parts[0].Replace('-', '_');
            if (signature.Arguments.FirstOrDefault(a => a.IsSwitch && (a.Choices.Contains(rest[i], StringComparer.Ordinal) || a.Name == name)) is { } flag)
            {
                command = flag.Type == "CephBool" ? command.With(flag.Name, true) : command.With(flag.Name, rest[i]);
                given.Add(flag.Name);
                rest.RemoveAt(i);
            }
            else if (signature.Arguments.FirstOrDefault(a => a.Name == name) is { } argument && (parts.Length == 2 || i + 1 < rest.Count))
            {
                string value = parts.Length == 2 ? parts[1] : rest[i + 1];
                if (Add(argument, command, value) is not { } with)
                {
                    return (null, $"{argument.Name}: '{value}' is not a {argument.Type}");
                }

                command = with;
                given.Add(argument.Name);
                rest.RemoveRange(i, parts.Length == 2 ? 1 : 2);
            }
            else
            {
                return (null, $"unknown option {rest[i]}");
            }
        }

        int next = 0;
        foreach (CliArgument argument in signature.Arguments.Where(a => !a.IsSwitch && !given.Contains(a.Name)))
        {
            if (next >= rest.Count)
            {
                if (argument.IsRequired)
                {
                    return (null, $"{argument.Name} is missing");
                }

                continue;
            }

            if (argument.IsList)
            {
                command = command.With(argument.Name, rest.Skip(next));
                next = rest.Count;
            }
            else if (Add(argument, command, rest[next]) is { } with)
            {
                command = with;
                next++;
            }
            else if (argument.IsRequired)
            {
                return (null, $"{argument.Name}: '{rest[next]}' is not {(argument.Choices.Count > 0 ? "one of " + string.Join(", ", argument.Choices) : "a " + argument.Type)}");
            }
        }

        return next < rest.Count ? (null, $"'{rest[next]}' is one word too many") : (command, "");
    }

    private static CephCommand? Add(CliArgument argument, CephCommand command, string value) => argument.Type switch
    {
        _ when argument.Choices.Count > 0 && !argument.Choices.Contains(value, StringComparer.Ordinal) => null,
        "CephInt" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? command.With(argument.Name, number) : null,
        "CephFloat" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? command.With(argument.Name, number) : null,
        "CephBool" => bool.TryParse(value, out bool flag) ? command.With(argument.Name, flag) : null,
        _ => command.With(argument.Name, value),
    };

    private static CliSignature Read(JsonElement command)
    {
        List<string> words = [];
        List<CliArgument> arguments = [];
        foreach (JsonElement part in command.GetProperty("sig").EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.String)
            {
                words.Add(part.GetString()!);
            }
            else if (Text(part, "type") == "CephPrefix")
            {
                words.AddRange(Text(part, "prefix").Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            else
            {
                arguments.Add(new CliArgument(
                    Text(part, "name"), Text(part, "type"), Text(part, "req") != "false", Text(part, "n") == "N", Text(part, "strings").Split('|', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        long flags = command.TryGetProperty("flags", out JsonElement f) && f.TryGetInt64(out long bits) ? bits : 0;
        return new CliSignature(words, arguments, Text(command, "module"), Text(command, "perm"), (flags & ManagerFlag) != 0);
    }

    private static string Text(JsonElement element, string name) => !element.TryGetProperty(name, out JsonElement value) ? "" : value.ValueKind switch
    {
        JsonValueKind.False => "false",
        JsonValueKind.True => "true",
        _ => value.ToString(),
    };
}
