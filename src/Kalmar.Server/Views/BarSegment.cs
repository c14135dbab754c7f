namespace Kalmar.Server.Views;

/// <summary>A piece of a bar.</summary>
/// <param name="State">Its colour.</param>
/// <param name="Amount">Its length, in units of the whole bar's amounts.</param>
public readonly record struct BarSegment(ViewState State, double Amount);
