using System.Text;
using Kalmar.Graphite;
using Kalmar.Graphite.Rendering;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints;

/// <summary>Reads the parameters of a request: those of the URL and of a form together.</summary>
internal static class GraphiteRequest
{
    /// <summary>Reads them; a body that is no form is left alone, and one that only claims to be (as curl does) when <paramref name="readForm"/> is false.</summary>
    /// <exception cref="GraphiteException">The body is too large.</exception>
    public static async Task<RenderParameters> ReadAsync(HttpContext context, bool readForm, int maxBody)
    {
        var parameters = RenderParameters.OfQuery(context.Request.QueryString.Value ?? string.Empty);
        if (!readForm || !HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType) return parameters;
        if (context.Request.ContentLength > maxBody) throw new GraphiteException($"The request's body is larger than {maxBody} bytes", 413);
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            foreach (var (name, values) in form)
            {
                foreach (var value in values) parameters.Add(name, value ?? string.Empty);
            }
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            throw new GraphiteException("The request's form cannot be read", 400, e);
        }

        return parameters;
    }

    /// <summary>Reads a body as text.</summary>
    /// <exception cref="GraphiteException">The body is too large.</exception>
    public static async Task<string> ReadBodyAsync(HttpContext context, int maxBody)
    {
        var buffer = new byte[8192];
        using var body = new MemoryStream();
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > maxBody) throw new GraphiteException($"The request's body is larger than {maxBody} bytes", 413);
            body.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }
}
