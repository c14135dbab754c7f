using System.Net.Http.Headers;
using System.Text;

namespace Kalmar.Carbon.Http;

/// <summary>
/// An address that takes posts: no proxy, no redirect, no cookies, answers of at most 64 KiB. User and password of the address go into the
/// header, and into nothing that is shown.
/// </summary>
internal sealed class HttpTarget : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue? _user;

    /// <summary>Names a target; nothing is sent yet.</summary>
    /// <param name="address">http or https, with user and password or without.</param>
    public HttpTarget(Uri address)
    {
        Url = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        _user = address.UserInfo.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        _http = new HttpClient(handler) { Timeout = RequestTimeout, MaxResponseContentBufferSize = 64 * 1024 };
    }

    /// <summary>The address without user and password.</summary>
    public Uri Url { get; }

    /// <summary>Posts once.</summary>
    /// <param name="content">What to post; disposed here.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was set.</exception>
    public async Task<HttpOutcome> PostAsync(HttpContent content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("kalmar", "0.1"));
        request.Headers.Authorization = _user;
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, stop).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return new HttpOutcome(response.StatusCode, null, null);
            }

            string text = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            string trouble = $"{(int)response.StatusCode} {response.ReasonPhrase}: {(text.Length > 200 ? text[..200] : text).ReplaceLineEndings(" ").Trim()}";
            return new HttpOutcome(response.StatusCode, trouble, response.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new HttpOutcome(null, e is OperationCanceledException ? $"no answer within {RequestTimeout.TotalSeconds:0} s" : e.Message, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
