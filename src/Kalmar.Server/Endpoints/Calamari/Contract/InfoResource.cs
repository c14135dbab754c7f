namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary><c>info</c>: the server itself. Bootstrap scripts come with the agents and are empty until then.</summary>
internal sealed record InfoResource(
    string Version, string License, string Registered, string Hostname, string Fqdn, string Ipaddr, string BootstrapUrl, string BootstrapRhel, string BootstrapUbuntu);
