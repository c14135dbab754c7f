using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Kalmar.Rados.Configuration;

/// <summary>
/// Asks name servers for SRV records (RFC 2782) and the addresses of their targets: over UDP, and over TCP when the answer did not fit. The BCL
/// knows addresses only. Thread-safe.
/// </summary>
/// <param name="conf">The servers and how patiently to ask.</param>
/// <param name="timeProvider">Measures the waiting.</param>
public sealed class DnsSrvResolver(ResolvConf conf, TimeProvider timeProvider)
{
    private const int MaximumUdpLength = 65535;
    private const int NameError = 3;

    /// <summary>Finds the records of a service. Empty when the name does not exist or has none.</summary>
    /// <param name="name">The whole name, for example <c>_ceph-mon._tcp.example.com</c>; without a dot behind <c>_tcp</c> the search domains are tried.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CephConfigurationException">No server gave an answer.</exception>
    public async Task<IReadOnlyList<DnsSrvRecord>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        bool whole = !name.EndsWith("._tcp", StringComparison.Ordinal);
        string[] names = whole || conf.SearchDomains.Count == 0 ? [name] : [.. conf.SearchDomains.Select(d => $"{name}.{d.Trim('.')}")];
        foreach (string candidate in names)
        {
            DnsMessage answer = await AskAsync(candidate, DnsRecordType.Srv, cancellationToken).ConfigureAwait(false);
            List<DnsSrvRecord> records = [];
            foreach (DnsSrvRecord record in answer.Records.Select(r => r.Service).OfType<DnsSrvRecord>())
            {
                IPAddress[] known = [.. answer.Records.Where(r => Same(r.Name, record.Target)).Select(r => r.Address).OfType<IPAddress>()];
                records.Add(record with
                {
                    Addresses = known.Length > 0 ? known : await AddressesAsync(record.Target, cancellationToken).ConfigureAwait(false),
                });
            }

            if (records.Count > 0)
            {
                return [.. records.OrderBy(r => r.Priority).ThenByDescending(r => r.Weight)];
            }
        }

        return [];
    }

    private async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        DnsMessage v4 = await AskAsync(host, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        DnsMessage v6 = await AskAsync(host, DnsRecordType.Aaaa, cancellationToken).ConfigureAwait(false);
        return [.. v4.Records.Concat(v6.Records).Select(r => r.Address).OfType<IPAddress>()];
    }

    private async Task<DnsMessage> AskAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        string problem = "no name server is known";
        for (int attempt = 0; attempt < conf.Attempts; attempt++)
        {
            foreach (IPEndPoint server in conf.Servers)
            {
                using var timeout = new CancellationTokenSource(conf.Timeout, timeProvider);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
                try
                {
                    DnsMessage answer = await AskServerAsync(server, name, type, linked.Token).ConfigureAwait(false);
                    if (answer.ResponseCode is 0 or NameError)
                    {
                        return answer;
                    }

                    problem = $"{server} answered with code {answer.ResponseCode}";
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    problem = $"{server} did not answer within {conf.Timeout.TotalSeconds:0.#} s";
                }
                catch (Exception e) when (e is SocketException or IOException or FormatException)
                {
                    problem = $"{server}: {e.Message}";
                }
            }
        }

        throw new CephConfigurationException($"cannot look up {name} in DNS: {problem}; set 'mon host' in ceph.conf, or mend /etc/resolv.conf");
    }

    private static async Task<DnsMessage> AskServerAsync(IPEndPoint server, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        byte[] query = DnsMessage.Query(id, name, type);
        DnsMessage answer = await AskUdpAsync(server, id, name, query, cancellationToken).ConfigureAwait(false);
        return answer.IsTruncated ? await AskTcpAsync(server, id, name, query, cancellationToken).ConfigureAwait(false) : answer;
    }

    private static async Task<DnsMessage> AskUdpAsync(IPEndPoint server, ushort id, string name, byte[] query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(query, cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[MaximumUdpLength];
        while (true)
        {
            int length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (Accept(buffer.AsSpan(0, length), id, name) is { } answer)
            {
                return answer;
            }
        }
    }

    private static async Task<DnsMessage> AskTcpAsync(IPEndPoint server, ushort id, string name, byte[] query, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        NetworkStream stream = client.GetStream();
        byte[] framed = new byte[query.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
        query.CopyTo(framed, 2);
        await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
        byte[] head = new byte[2];
        await stream.ReadExactlyAsync(head, cancellationToken).ConfigureAwait(false);
        byte[] body = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
        await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        return Accept(body, id, name) ?? throw new FormatException("the answer is to another question");
    }

    /// <summary>Null when it is no answer to our question: somebody else's, or forged.</summary>
    private static DnsMessage? Accept(ReadOnlySpan<byte> bytes, ushort id, string name)
    {
        if (bytes.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(bytes) != id)
        {
            return null;
        }

        DnsMessage message = DnsMessage.Parse(bytes);
        return message.IsResponse && Same(message.Question, name) ? message : null;
    }

    private static bool Same(string a, string b) => string.Equals(a.TrimEnd('.'), b.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
}
