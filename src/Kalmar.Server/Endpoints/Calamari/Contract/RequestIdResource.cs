namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>What a change answers: the request that is followed at <c>request/&lt;id&gt;</c>.</summary>
internal sealed record RequestIdResource(string RequestId);
