namespace Kalmar.Server.Views;

/// <summary>The rows that a page of a table shows.</summary>
/// <typeparam name="TRow">What a row shows.</typeparam>
/// <param name="Rows">The rows.</param>
/// <param name="Found">How many rows the filter left.</param>
/// <param name="All">How many there are.</param>
/// <param name="Page">Which page this is, from 1.</param>
/// <param name="Pages">How many pages there are, at least 1.</param>
public sealed record TablePage<TRow>(IReadOnlyList<TRow> Rows, int Found, int All, int Page, int Pages);
