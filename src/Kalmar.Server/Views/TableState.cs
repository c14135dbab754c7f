using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Kalmar.Server.Views;

/// <summary>How a table is sorted, filtered and paged. It lives in the address: links sort, a reload keeps it, and it can be sent to a colleague.</summary>
/// <param name="Sort">The column's key; empty is the table's own order.</param>
/// <param name="Descending">The greatest first.</param>
/// <param name="Filter">Words that must all be in a row; empty is all rows.</param>
/// <param name="Page">Counts from 1.</param>
public sealed record TableState(string Sort, bool Descending, string Filter, int Page)
{
    /// <summary>Rows on a page.</summary>
    public const int PageSize = 100;

    private const int MaxFilter = 200;

    /// <summary>Reads the state from an address; what makes no sense is left out.</summary>
    /// <param name="query">The address's query.</param>
    public static TableState From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        string sort = query["sort"].ToString();
        bool descending = sort.StartsWith('-');
        string filter = query["q"].ToString().Trim();
        return new TableState(
            descending ? sort[1..] : sort,
            descending,
            filter.Length > MaxFilter ? filter[..MaxFilter] : filter,
            int.TryParse(query["page"], System.Globalization.CultureInfo.InvariantCulture, out int page) && page > 0 ? page : 1);
    }

    /// <summary>The query of an address for this state, with its question mark; never empty.</summary>
    public string ToQuery()
    {
        QueryBuilder query = [];
        if (Sort.Length > 0)
        {
            query.Add("sort", (Descending ? "-" : "") + Sort);
        }

        if (Filter.Length > 0)
        {
            query.Add("q", Filter);
        }

        if (Page > 1)
        {
            query.Add("page", Page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        string text = query.ToQueryString().ToString();
        return text.Length == 0 ? "?" : text;
    }

    /// <summary>Filters, sorts and cuts rows to this state's page.</summary>
    /// <typeparam name="TRow">What a row shows.</typeparam>
    /// <param name="rows">All rows, in the table's own order.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="text">The text of a row that the filter looks at.</param>
    public TablePage<TRow> Apply<TRow>(IReadOnlyCollection<TRow> rows, IReadOnlyList<TableColumn<TRow>> columns, Func<TRow, string> text)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        string[] words = Filter.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IEnumerable<TRow> found = words.Length == 0 ? rows : rows.Where(r => Array.TrueForAll(words, w => text(r).Contains(w, StringComparison.OrdinalIgnoreCase)));
        if (columns.FirstOrDefault(c => string.Equals(c.Key, Sort, StringComparison.Ordinal)) is { } column)
        {
            IOrderedEnumerable<TRow> known = found.OrderBy(r => column.SortBy(r) is null);
            found = Descending ? known.ThenByDescending(column.SortBy, NaturalOrder.Instance) : known.ThenBy(column.SortBy, NaturalOrder.Instance);
        }

        TRow[] all = [.. found];
        int pages = Math.Max(1, (all.Length + PageSize - 1) / PageSize);
        int page = Math.Min(Page, pages);
        return new TablePage<TRow>([.. all.Skip((page - 1) * PageSize).Take(PageSize)], all.Length, rows.Count, page, pages);
    }
}
