using Kalmar.Manager.State;

namespace Kalmar.Server.Endpoints.Calamari.Access;

/// <summary>What an endpoint of the API asks of its caller. Every endpoint below <c>/api/v1</c> and <c>/api/v2</c> carries one.</summary>
/// <param name="Role">The least role; null when nobody has to sign in.</param>
internal sealed record RequiredRole(UserRole? Role);
