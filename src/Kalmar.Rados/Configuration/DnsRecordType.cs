namespace Kalmar.Rados.Configuration;

/// <summary>The types of DNS records that matter here (RFC 1035, 3596, 2782).</summary>
internal enum DnsRecordType
{
    A = 1,
    Aaaa = 28,
    Srv = 33,
}
