using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>
/// An answer that is no success, in the shape that Calamari's clients know: <c>"text"</c> (404, 409), <c>{"detail": text}</c> (403, 503),
/// <c>{field: text}</c> (400). Thrown where it is found, written by <see cref="Access.AccessGate"/>.
/// </summary>
internal sealed class ApiException : Exception
{
    private readonly Action<Utf8JsonWriter> _body;

    private ApiException(int status, string message, Action<Utf8JsonWriter> body)
        : base(message)
    {
        Status = status;
        _body = body;
    }

    /// <summary>The status code.</summary>
    public int Status { get; }

    /// <summary>404 with a bare text.</summary>
    public static ApiException NotFound(string what) => Bare(StatusCodes.Status404NotFound, what);

    /// <summary>409 with a bare text.</summary>
    public static ApiException Conflict(string what) => Bare(StatusCodes.Status409Conflict, what);

    /// <summary>503: what is asked for cannot be known now.</summary>
    public static ApiException Unavailable(string detail) => Detail(StatusCodes.Status503ServiceUnavailable, detail);

    /// <summary>Any status with <c>{"detail": text}</c>.</summary>
    public static ApiException Detail(int status, string detail) => new(status, detail, w => Member(w, "detail", detail));

    /// <summary>400 that names one field.</summary>
    public static ApiException Field(string field, string problem) => new(StatusCodes.Status400BadRequest, $"{field}: {problem}", w => Member(w, field, problem));

    /// <summary>400 (or another status) that names every wrong field.</summary>
    public static ApiException Fields(IReadOnlyDictionary<string, string> problems, int status = StatusCodes.Status400BadRequest) =>
        new(status, string.Join("; ", problems.Select(p => $"{p.Key}: {p.Value}")), w =>
        {
            w.WriteStartObject();
            foreach ((string field, string problem) in problems)
            {
                w.WriteString(field, problem);
            }

            w.WriteEndObject();
        });

    /// <summary>Any status with <c>{"message": text}</c>.</summary>
    public static ApiException WithMessage(int status, string message) => new(status, message, w => Member(w, "message", message));

    /// <summary>Any status with a body of the caller's own.</summary>
    public static ApiException WithBody(int status, string message, Action<Utf8JsonWriter> body) => new(status, message, body);

    /// <summary>Writes the answer.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        await using Utf8JsonWriter writer = new(context.Response.BodyWriter, Contract.ApiJson.Writer);
        _body(writer);
        await writer.FlushAsync(context.RequestAborted);
    }

    private static ApiException Bare(int status, string what) => new(status, what, w => w.WriteStringValue(what));

    private static void Member(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}
