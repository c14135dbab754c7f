using System.Net;

namespace Kalmar.Carbon.Http;

/// <summary>What became of a post.</summary>
/// <param name="Status">The answer's status; null when there was no answer.</param>
/// <param name="Trouble">What is wrong, in a line; null for success.</param>
/// <param name="RetryAfter">When the target wants to be asked again; null when it did not say.</param>
internal readonly record struct HttpOutcome(HttpStatusCode? Status, string? Trouble, TimeSpan? RetryAfter)
{
    /// <summary>The same post may succeed later: no answer, 408, 429, 502, 503, 504.</summary>
    public bool IsPassing => Status is null or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
