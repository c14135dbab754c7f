using System.Net;

namespace Kalmar.Rados.Configuration;

/// <summary>A service of a domain, from a DNS SRV record.</summary>
/// <param name="Target">The host's name.</param>
/// <param name="Port">The port.</param>
/// <param name="Priority">Lower ones come first.</param>
/// <param name="Weight">Of the same priority, higher ones are to be preferred.</param>
/// <param name="Addresses">The host's addresses.</param>
public sealed record DnsSrvRecord(string Target, int Port, int Priority, int Weight, IReadOnlyList<IPAddress> Addresses);
