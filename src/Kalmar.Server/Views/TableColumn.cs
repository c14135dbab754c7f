using Microsoft.AspNetCore.Components;

namespace Kalmar.Server.Views;

/// <summary>A column of a table.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Key">Its name in the address.</param>
/// <param name="Title">Its heading.</param>
/// <param name="SortBy">What rows are sorted by; null values come last, either way.</param>
/// <param name="Cell">What a cell shows.</param>
/// <param name="IsNumber">True for numbers: to the right, and the greatest first when first sorted.</param>
/// <param name="Hint">What the column means, where that is not plain.</param>
public sealed record TableColumn<TRow>(
    string Key, string Title, Func<TRow, IComparable?> SortBy, RenderFragment<TRow> Cell, bool IsNumber = false, string? Hint = null);
