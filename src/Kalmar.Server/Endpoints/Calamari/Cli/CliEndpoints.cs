using System.Text.Json;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.State;
using Kalmar.Rados;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Cli;

/// <summary>
/// <c>C/cli</c>: a command line of <c>ceph</c>. Reading commands and changes for <c>read/write</c>; what gives out or changes keys and rights for
/// superusers. Answers 200 whatever the command came to, as Calamari did. Each one that is no mere question stands in the audit log.
/// </summary>
internal static class CliEndpoints
{
    private const int MaxLine = 16_384;
    private const int InvalidArgument = 22;

    public static void Map(ApiRoutes api) => api.Add("POST", "cluster/{fsid}/cli", UserRole.ReadWrite, RunAsync)
        .WithSummary("Runs a command line of ceph; command is a text or a list of words.")
        .WithMetadata(new BodyExample("""{"command":["osd","pool","ls"]}"""))
        .Produces<CliAnswer>();

    private static async Task<IResult> RunAsync(string fsid, HttpContext context, IClusterDirectory clusters, IClusterQuestions questions, IAuditLog audit)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        (IReadOnlyList<string> words, string format) = await ReadAsync(context);
        CommandResult descriptions = await questions.AskAsync(cluster, "mon", CephCommand.Query("get_command_descriptions"), context.RequestAborted);
        (CliSignature? signature, CephCommand? command, string problem) = CliSignatures.Parse(descriptions.EnsureSuccess().Output).Match(words, format);
        if (signature is null || command is null)
        {
            return Answer("", $"Error EINVAL: {problem}", InvalidArgument);
        }

        if (signature.IsSensitive && Session.RoleOf(context.User) != UserRole.Superuser)
        {
            throw ApiException.Detail(StatusCodes.Status403Forbidden, $"'{command.Prefix}' concerns keys and rights: it needs role superuser.");
        }

        CommandResult result = await questions.RunAsync(cluster, signature.IsForManager ? "mgr" : "mon", command, context.RequestAborted);
        if (!signature.IsRead)
        {
            RequestActor actor = Changes.Actor(context);
            await audit.AppendAsync(
                new AuditEntry(
                    actor.Name, actor.Address, "cli.run", result.IsSuccess ? AuditOutcome.Succeeded : AuditOutcome.Failed, "", cluster.Id?.ToString() ?? "",
                    signature.IsSensitive ? command.Prefix : string.Join(' ', words)),
                CancellationToken.None);
        }

        return Answer(result.OutputText, result.Status, result.IsSuccess ? 0 : -result.Result);
    }

    private static async Task<(IReadOnlyList<string> Words, string Format)> ReadAsync(HttpContext context)
    {
        using JsonBody body = await JsonBody.ReadAsync(context);
        List<string> words = [];
        if (!body.Root.TryGetProperty("command", out JsonElement command))
        {
            throw ApiException.Field("command", "This field is required");
        }

        if (command.ValueKind == JsonValueKind.String && command.GetString() is { Length: <= MaxLine } line)
        {
            words = [.. CliWords.Split(line) ?? throw ApiException.Field("command", "has a quote that is not closed")];
        }
        else if (command.ValueKind == JsonValueKind.Array && command.GetRawText().Length <= MaxLine && command.EnumerateArray().All(w => w.ValueKind == JsonValueKind.String))
        {
            words = [.. command.EnumerateArray().Select(w => w.GetString()!)];
        }

        if (words is ["ceph", ..])
        {
            words.RemoveAt(0);
        }

        string format = "plain";
        int at = words.FindIndex(w => w is "-f" or "--format" || w.StartsWith("--format=", StringComparison.Ordinal));
        if (at >= 0)
        {
            bool isPair = !words[at].Contains('=', StringComparison.Ordinal);
            format = isPair ? words.ElementAtOrDefault(at + 1) ?? "plain" : words[at]["--format=".Length..];
            words.RemoveRange(at, Math.Min(isPair ? 2 : 1, words.Count - at));
        }

        return words.Count > 0 ? (words, format) : throw ApiException.Field("command", $"must be a text or a list of words, not longer than {MaxLine} characters");
    }

    private static IResult Answer(string output, string error, int status) => CalamariEndpoints.Json(new CliAnswer(output, error, status), ApiJson.Readable.CliAnswer);
}
