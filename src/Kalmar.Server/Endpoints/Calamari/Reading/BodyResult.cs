using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>A body that is written already.</summary>
internal sealed class BodyResult(ReadOnlyMemory<byte> body, string contentType) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = contentType;
        httpContext.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
