using System.Text.RegularExpressions;

namespace Kalmar.Carbon.Routing;

/// <summary>A section of <c>relay-rules.conf</c>.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Pattern">Found anywhere in a name, without regard to case; null for the default rule.</param>
/// <param name="Destinations">Where matching series go.</param>
/// <param name="Continue">Whether later rules are looked at too.</param>
public sealed record RelayRule(string Name, Regex? Pattern, IReadOnlyList<Destination> Destinations, bool Continue);
