using System.Text.RegularExpressions;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Schemas;

/// <summary>A section of <c>storage-schemas.conf</c>: how long the series that match are kept.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Pattern">Found anywhere in the series' name.</param>
/// <param name="Retentions">The archives.</param>
public sealed record StorageSchema(string Name, Regex Pattern, RetentionPolicy Retentions);
