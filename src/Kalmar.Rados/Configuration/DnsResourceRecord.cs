using System.Net;

namespace Kalmar.Rados.Configuration;

/// <summary>One record of an answer: an address, or a service.</summary>
internal sealed record DnsResourceRecord(string Name, DnsRecordType Type, IPAddress? Address, DnsSrvRecord? Service);
