using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kalmar.Rados.Tests.Configuration;

/// <summary>A name server on loopback: UDP and TCP on one port, answering from a table of "NAME TYPE" to the bytes of an answer's records.</summary>
internal sealed class FakeDnsServer : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly TcpListener _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loops;

    public FakeDnsServer()
    {
        (_udp, _tcp) = Bind();
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _loops = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Records by "name type", for example "_ceph-mon._tcp.example.com 33".</summary>
    public Dictionary<string, byte[][]> Answers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Over UDP only the header with the truncated bit.</summary>
    public bool Truncate { get; set; }

    /// <summary>Garbage and a forged answer go before the true one.</summary>
    public bool Disturb { get; set; }

    /// <summary>What the answers' response code is when it is not 0.</summary>
    public byte Failure { get; set; }

    public List<string> Asked { get; } = [];

    public int AskedByTcp { get; private set; }

    public static byte[] Srv(int priority, int weight, int port, string target) => Record("\xC0\x0C", 33, [.. U16(priority), .. U16(weight), .. U16(port), .. Name(target)]);

    public static byte[] Address(string name, string ip)
    {
        IPAddress address = IPAddress.Parse(ip);
        return [.. Name(name), .. Record("", address.AddressFamily == AddressFamily.InterNetwork ? 1 : 28, address.GetAddressBytes())];
    }

    public static byte[] Name(string name) => [.. name.Split('.').SelectMany(l => (byte[])[(byte)l.Length, .. Encoding.ASCII.GetBytes(l)]), 0];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Stop();
        await _loops;
        _stop.Dispose();
    }

    /// <summary>One port that is free for both; the first that TCP is given may be taken for UDP.</summary>
    private static (Socket Udp, TcpListener Tcp) Bind()
    {
        for (int attempt = 0; ; attempt++)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                tcp.Start();
                udp.Bind(tcp.LocalEndpoint);
                return (udp, tcp);
            }
            catch (SocketException) when (attempt < 20)
            {
                tcp.Stop();
                udp.Dispose();
            }
        }
    }

    private static byte[] Record(string owner, int type, byte[] data) =>
        [.. Encoding.Latin1.GetBytes(owner), .. U16(type), .. U16(1), 0, 0, 0, 60, .. U16(data.Length), .. data];

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[2048];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                byte[] answer = Answer(buffer[..received.ReceivedBytes], Truncate);
                if (Disturb)
                {
                    byte[] forged = [.. answer];
                    forged[0] ^= 1;
                    await _udp.SendToAsync(forged, received.RemoteEndPoint, _stop.Token);
                    await _udp.SendToAsync(new byte[] { 1 }, received.RemoteEndPoint, _stop.Token);
                }

                await _udp.SendToAsync(answer, received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            Assert.True(_stop.IsCancellationRequested, e.Message);
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _tcp.AcceptTcpClientAsync(_stop.Token);
                AskedByTcp++;
                NetworkStream stream = client.GetStream();
                byte[] head = new byte[2];
                await stream.ReadExactlyAsync(head, _stop.Token);
                byte[] query = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                await stream.ReadExactlyAsync(query, _stop.Token);
                byte[] answer = Answer(query, truncate: false);
                await stream.WriteAsync((byte[])[.. U16(answer.Length), .. answer], _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            Assert.True(_stop.IsCancellationRequested, e.Message);
        }
    }

    private byte[] Answer(byte[] query, bool truncate)
    {
        int end = 12;
        List<string> labels = [];
        while (query[end] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(query, end + 1, query[end]));
            end += query[end] + 1;
        }

        string question = $"{string.Join('.', labels)} {BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(end + 1))}";
        Asked.Add(question);
        bool known = Answers.TryGetValue(question, out byte[][]? records);
        records = truncate || records is null ? [] : records;
        byte code = Failure != 0 ? Failure : known ? (byte)0 : (byte)3;
        return
        [
            query[0], query[1], (byte)(0x81 | (truncate ? 2 : 0)), (byte)(0x80 | code), 0, 1, .. U16(records.Length), 0, 0, 0, 0,
            .. query[12..(end + 5)], .. records.SelectMany(r => r),
        ];
    }
}
