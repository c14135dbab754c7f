namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>Somebody who may sign in. The role is ours; Calamari kept it in groups.</summary>
internal sealed record UserResource(long Id, string Username, string Email, string Role);
