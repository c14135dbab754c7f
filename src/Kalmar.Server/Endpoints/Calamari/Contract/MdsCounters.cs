namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>Metadata servers, counted.</summary>
internal sealed record MdsCounters(int Total, int UpIn, int UpNotIn, int NotUpNotIn);
