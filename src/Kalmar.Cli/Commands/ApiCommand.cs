using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar api METHOD PATH</c>: one request to a running server.</summary>
internal static class ApiCommand
{
    private const string DefaultServer = "http://127.0.0.1:8420";
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var method = new Argument<string>("method") { Description = "GET, POST, PUT, PATCH or DELETE." };
        var path = new Argument<string>("path") { Description = "The address: /api/v2/cluster, or short: cluster (below /api/v2)." };
        var data = new Option<string?>("--data", "-d") { Description = "The body: JSON, or @FILE, or - for standard input.", HelpName = "JSON|@FILE|-" };
        var type = new Option<string>("--content-type") { Description = "What the body is.", HelpName = "TYPE", DefaultValueFactory = _ => "application/json" };
        var server = new Option<string?>("--server") { Description = $"The server (default: $KALMAR_SERVER, {DefaultServer}).", HelpName = "URL" };
        var token = new Option<string?>("--token-file") { Description = "File with an API token (default: $KALMAR_TOKEN_FILE; or the token itself in $KALMAR_TOKEN).", HelpName = "FILE" };
        var ca = new Option<string?>("--cacert") { Description = "Certificate (PEM) of the authority that signed the server's.", HelpName = "FILE" };
        var wait = new Option<bool>("--wait") { Description = "Follow the request that a change answers with until it is complete; exit code 1 when it failed." };
        var command = new Command("api", """
            Sends one request to a running Kalmar server and prints its answer.
            The token never stands on the command line: make one at user/me/token and keep it in a file that only you can read.
            Examples: kalmar api GET cluster          kalmar api PATCH cluster/FSID/pool/3 -d '{"pg_num":64}' --wait
            Exit codes: 0 for 2xx and 304, 77 for 403, 1 for any other refusal, 69 when no server answers.
            """)
        {
            method, path, data, type, server, token, ca, wait,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            string verb = result.GetValue(method)!.ToUpperInvariant();
            if (!Methods.Contains(verb, StringComparer.Ordinal))
            {
                throw new CommandException($"'{verb}' is no method; expected one of {string.Join(", ", Methods)}", ExitCode.Usage);
            }

            Uri address = Address(result.GetValue(server), result.GetValue(path)!);
            using HttpClient client = NewClient(result.GetValue(ca), address);
            string? secret = await TokenAsync(result.GetValue(token), cancellationToken).ConfigureAwait(false);
            if (secret is not null)
            {
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            }

            byte[]? body = await BodyAsync(result.GetValue(data), cancellationToken).ConfigureAwait(false);
            try
            {
                return await SendAsync(client, verb, address, body, result.GetValue(type)!, result.GetValue(wait), cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException e)
            {
                throw new CommandException($"{address.GetLeftPart(UriPartial.Authority)} does not answer: {e.Message}; name the server with --server or $KALMAR_SERVER", ExitCode.Unavailable, e);
            }
            catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new CommandException($"{address.GetLeftPart(UriPartial.Authority)} did not answer within {Timeout.TotalSeconds:0} s", ExitCode.Unavailable, e);
            }
        });
        return command;
    }

    private static async Task<int> SendAsync(
        HttpClient client, string method, Uri address, byte[]? body, string contentType, bool wait, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        }

        using HttpResponseMessage answer = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (wait && answer.IsSuccessStatusCode && RequestId(bytes) is { } id)
        {
            return await FollowAsync(client, new Uri(address, $"/api/v2/request/{id}"), cancellationToken).ConfigureAwait(false);
        }

        Print(bytes, answer.Content.Headers.ContentType?.MediaType);
        if (answer.IsSuccessStatusCode)
        {
            return ExitCode.Ok;
        }

        await Console.Error.WriteLineAsync($"kalmar: {method} {address.PathAndQuery}: {(int)answer.StatusCode} {answer.ReasonPhrase}").ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.NotModified => ExitCode.Ok,
            HttpStatusCode.Forbidden => ExitCode.NoPermission,
            _ => ExitCode.Failed,
        };
    }

    private static async Task<int> FollowAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        string told = "";
        while (true)
        {
            byte[] bytes = await client.GetByteArrayAsync(address, cancellationToken).ConfigureAwait(false);
            using JsonDocument request = JsonDocument.Parse(bytes);
            string status = request.RootElement.GetProperty("status").GetString() ?? "";
            if (request.RootElement.GetProperty("state").GetString() == "complete")
            {
                Print(bytes, "application/json");
                return request.RootElement.GetProperty("error").GetBoolean() ? ExitCode.Failed : ExitCode.Ok;
            }

            if (status.Length > 0 && status != told)
            {
                await Console.Error.WriteLineAsync(status).ConfigureAwait(false);
                told = status;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? RequestId(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("request_id", out JsonElement id) ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Print(byte[] bytes, string? type)
    {
        using Stream output = Console.OpenStandardOutput();
        if (bytes.Length == 0)
        {
            return;
        }

        if (type is not null && type.EndsWith("json", StringComparison.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                document.RootElement.WriteTo(writer);
            }

            output.WriteByte((byte)'\n');
        }
        else
        {
            output.Write(bytes);
        }
    }

    private static Uri Address(string? server, string path)
    {
        string root = server ?? Variable("KALMAR_SERVER") ?? DefaultServer;
        if (!Uri.TryCreate(root, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"'{root}' is no address of a server, for example {DefaultServer}", ExitCode.Usage);
        }

        return new Uri(uri, path.StartsWith('/') ? path : $"/api/v2/{path}");
    }

    private static async Task<string?> TokenAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null && Variable("KALMAR_TOKEN") is { } token)
        {
            return Checked(token, "$KALMAR_TOKEN");
        }

        file ??= Variable("KALMAR_TOKEN_FILE");
        if (file is null)
        {
            return null;
        }

        try
        {
            return Checked((await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim(), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the token cannot be read: {e.Message}", ExitCode.Io, e);
        }
    }

    // A header takes no control characters, and an error about it would show the token.
    private static string Checked(string token, string where) => token.Length > 0 && token.All(c => c is > ' ' and < '\x7f')
        ? token
        : throw new CommandException($"{where} holds no token: expected one word", ExitCode.Usage);

    private static async Task<byte[]?> BodyAsync(string? data, CancellationToken cancellationToken)
    {
        try
        {
            if (data == "-")
            {
                using var buffer = new MemoryStream();
                using Stream input = Console.OpenStandardInput();
                await input.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
                return buffer.ToArray();
            }

            return data is ['@', .. string file] ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)
                : data is null ? null : Encoding.UTF8.GetBytes(data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the body cannot be read: {e.Message}", ExitCode.Io, e);
        }
    }

    private static HttpClient NewClient(string? authority, Uri address)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.IsLoopback };
        if (authority is not null)
        {
            X509Certificate2Collection roots = [];
            try
            {
                roots.ImportFromPemFile(authority);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                throw new CommandException($"--cacert {authority}: {e.Message}", ExitCode.Io, e);
            }

            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return new HttpClient(handler) { Timeout = Timeout };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
