namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary><c>C/space</c> of v1.</summary>
internal sealed record SpaceAnswer(DateTimeOffset ClusterUpdateTime, long ClusterUpdateTimeUnix, SpaceResource Space);
