using System.Text.RegularExpressions;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Schemas;

/// <summary>A section of <c>storage-aggregation.conf</c>: how the series that match are aggregated.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Pattern">Found anywhere in the series' name.</param>
/// <param name="XFilesFactor">The part of points that must be known; null for Whisper's 0.5.</param>
/// <param name="Method">How; null for the average.</param>
public sealed record AggregationSchema(string Name, Regex Pattern, double? XFilesFactor, AggregationMethod? Method);
