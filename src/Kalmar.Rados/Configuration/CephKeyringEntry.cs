using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Configuration;

/// <summary>An entity in a keyring.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key.</param>
/// <param name="Caps">Its caps by service, as text; a keyring need not hold them.</param>
/// <param name="Line">The line of its section, from 1.</param>
public sealed record CephKeyringEntry(EntityName Name, CephKey Key, IReadOnlyDictionary<string, string> Caps, int Line);
