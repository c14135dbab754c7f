using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
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
/// superusers. Answers 200 whatever the command came to, as Calamari did. What is no mere question runs as a request: stored, in the audit log, never sent
/// twice, and complete when our own map shows it.
/// </summary>
internal static class CliEndpoints
{
    private const int MaxLine = 16_384;
    private const int InvalidArgument = 22;

    public static void Map(ApiRoutes api) => api.Add("POST", "cluster/{fsid}/cli", UserRole.ReadWrite, RunAsync)
        .WithSummary("Runs a command line of ceph; command is a text or a list of words.")
        .WithMetadata(new BodyExample("""{"command":["osd","pool","ls"]}"""))
        .Produces<CliAnswer>();

    private static async Task<IResult> RunAsync(string fsid, HttpContext context, IClusterDirectory clusters, IClusterQuestions questions, Changes changes)
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

        string target = signature.IsForManager ? "mgr" : "mon";
        if (!signature.IsRead)
        {
            return await ChangeAsync(context, cluster, changes, new CommandRequestFactory(cluster).Line(words, target, command, signature.IsSensitive));
        }

        CommandResult result = await questions.RunAsync(cluster, target, command, context.RequestAborted);
        return Answer(result.OutputText, result.Status, result.IsSuccess ? 0 : -result.Result);
    }

    /// <summary>Waits for the end of the request, which goes on when the caller has gone.</summary>
    private static async Task<IResult> ChangeAsync(HttpContext context, ClusterSnapshot cluster, Changes changes, RequestPlan plan)
    {
        ClusterId id = cluster.Id ?? throw ApiException.Unavailable("the cluster's fsid is not known yet");
        RequestActor actor = Changes.Actor(context);
        UserRequest request = await changes.Requests.SubmitAsync(id, plan, actor, force: false, context.RequestAborted);
        UserRequest? ended = await changes.Requests.WaitAsync(request.Id, context.RequestAborted);
        return changes.Requests.TakeOutput(request.Id, actor) is { } answer
            ? Answer(answer.Output, answer.Status, Math.Max(0, -answer.Result))
            : throw ApiException.Unavailable($"request {request.Id}: {(ended is { Error: true } ? ended.ErrorMessage : "Kalmar stops; see how it ended when it runs again")}");
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
