using System.Globalization;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Numbers in an address, and pages of long lists as Django's REST framework gave them.</summary>
internal static class Paging
{
    /// <summary>The longest page.</summary>
    public const int MaxSize = 1000;

    private const int DefaultSize = 10;

    /// <summary>A whole number of the query.</summary>
    /// <exception cref="ApiException">400: it is none, or not within the limits.</exception>
    public static int Number(HttpContext context, string name, int standard, int least, int most)
    {
        string? text = context.Request.Query[name];
        if (string.IsNullOrEmpty(text))
        {
            return standard;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw ApiException.Field(name, $"must be a whole number between {least} and {most}");
    }

    /// <summary>Which page is wanted.</summary>
    public static (int Page, int Size) Read(HttpContext context) =>
        (Number(context, "page", 1, 1, int.MaxValue / MaxSize), Number(context, "page_size", DefaultSize, 1, MaxSize));

    /// <summary>A page with the addresses of its neighbours.</summary>
    /// <exception cref="ApiException">400: there is no such page.</exception>
    public static PageResource<T> Page<T>(HttpContext context, int page, int size, long count, IReadOnlyList<T> results)
    {
        long pages = Math.Max(1, (count + size - 1) / size);
        if (page > pages)
        {
            throw ApiException.Field("page", $"there are {pages} pages");
        }

        return new PageResource<T>(count, page < pages ? Address(context, page + 1) : null, page > 1 ? Address(context, page - 1) : null, results);
    }

    private static string Address(HttpContext context, int page)
    {
        HttpRequest request = context.Request;
        IEnumerable<KeyValuePair<string, string?>> rest = request.Query.Where(q => q.Key != "page").SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
        QueryString query = QueryString.Create(rest.Append(new("page", page.ToString(CultureInfo.InvariantCulture))));
        return $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}{query}";
    }
}
