namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A host with its addresses in one cluster.</summary>
internal sealed record ClusterServerResource(
    string Fqdn,
    string Hostname,
    bool Managed,
    DateTimeOffset? LastContact,
    DateTimeOffset? BootTime,
    string? CephVersion,
    IReadOnlyList<ServerServiceResource> Services,
    string? FrontendAddr,
    string? BackendAddr,
    string? FrontendIface,
    string? BackendIface);
