namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A host, as the maps and its daemons name it.</summary>
/// <param name="Fqdn">The name that its daemons give.</param>
/// <param name="Hostname">The first part of it.</param>
/// <param name="Managed">True when an agent of ours runs there.</param>
/// <param name="LastContact">When one of its daemons last said anything.</param>
/// <param name="BootTime">Null: daemons do not tell.</param>
/// <param name="CephVersion">Of the newest daemon there.</param>
/// <param name="Services">Its daemons.</param>
internal sealed record ServerResource(
    string Fqdn, string Hostname, bool Managed, DateTimeOffset? LastContact, DateTimeOffset? BootTime, string? CephVersion, IReadOnlyList<ServerServiceResource> Services);
