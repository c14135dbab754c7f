using Kalmar.Wire;

namespace Kalmar.Rados.Configuration;

/// <summary>One monitor of <c>mon host</c>: addresses, or a name that is still to be resolved.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Addresses">The addresses; null when there is a name instead.</param>
/// <param name="HostName">The name; null when there are addresses.</param>
/// <param name="Type">With a name: which messenger was asked for; <see cref="EntityAddressType.Any"/> when none was.</param>
/// <param name="Port">With a name: the port; 0 when none was given.</param>
public sealed record MonHostEntry(string Text, EntityAddressVector? Addresses, string? HostName, EntityAddressType Type, int Port);
