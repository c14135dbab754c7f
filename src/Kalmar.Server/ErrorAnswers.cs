using Kalmar.Server.Pages;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server;

/// <summary>What somebody gets who asked for something that is not there or went wrong: a page, or problem details for programs.</summary>
internal static class ErrorAnswers
{
    /// <summary>After an exception.</summary>
    public static Task FailedAsync(HttpContext context)
    {
        Exception? error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is BadHttpRequestException bad)
        {
            return AnswerAsync(context, bad.StatusCode);
        }

        if (error is not null)
        {
            ILogger logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Kalmar.Server");
            ServerLog.RequestFailed(logger, context.Request.Method, context.Request.Path, error);
        }

        return AnswerAsync(context, StatusCodes.Status500InternalServerError);
    }

    /// <summary>After an answer without a body.</summary>
    public static Task StatusAsync(StatusCodeContext context) => AnswerAsync(context.HttpContext, context.HttpContext.Response.StatusCode);

    private static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        if (RequestKind.IsProgram(context.Request))
        {
            return Results.Problem(statusCode: status, title: ReasonPhrases.GetReasonPhrase(status)).ExecuteAsync(context);
        }

        Dictionary<string, object?> parameters = new(StringComparer.Ordinal)
        {
            [nameof(StatusDocument.Status)] = status,
            [nameof(StatusDocument.Trace)] = status >= 500 ? context.TraceIdentifier : null,
        };
        return RenderAsync(context, new RazorComponentResult<StatusDocument>(parameters) { StatusCode = status });
    }

    // A page that began and failed leaves its services behind, which cannot be used for a second one: the answer has services of its own.
    private static async Task RenderAsync(HttpContext context, RazorComponentResult<StatusDocument> page)
    {
        IServiceProvider before = context.RequestServices;
        await using AsyncServiceScope scope = before.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.Response.Headers.Remove("blazor-enhanced-nav");
        try
        {
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = before;
        }
    }
}
