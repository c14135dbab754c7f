namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>An object gateway, as it announced itself to the manager.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Gid">Its number in the cluster.</param>
/// <param name="Server">Its host.</param>
/// <param name="Addr">Its address as a client of the cluster.</param>
/// <param name="Frontend">What it listens with: <c>beast port=7480</c>.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="ZoneGroup">Its zone group.</param>
/// <param name="Realm">Its realm; empty for none.</param>
/// <param name="CephVersion">Its release.</param>
/// <param name="Since">When it came.</param>
internal sealed record GatewayResource(
    string Id, string Gid, string Server, string Addr, string Frontend, string Zone, string ZoneGroup, string Realm, string CephVersion, DateTimeOffset Since);
