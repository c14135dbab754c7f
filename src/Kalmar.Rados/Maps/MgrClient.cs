using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A RADOS client inside the active manager; it is shut out when the manager is replaced.</summary>
/// <param name="Name">The module that it belongs to; empty before Quincy.</param>
/// <param name="Addresses">Where it speaks from.</param>
public sealed record MgrClient(string Name, EntityAddressVector Addresses);
