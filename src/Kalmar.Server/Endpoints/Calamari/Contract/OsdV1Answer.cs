namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary><c>C/osd</c> of v1.</summary>
internal sealed record OsdV1Answer(IReadOnlyList<OsdV1Resource> Osds, IReadOnlyDictionary<string, long> PgStateCounts);
