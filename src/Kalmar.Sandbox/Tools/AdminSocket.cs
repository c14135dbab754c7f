using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Kalmar.Sandbox.Tools;

/// <summary>
/// Asks a daemon of this machine through its admin socket: a JSON command ended by a zero byte, answered by a big-endian length and that
/// many bytes. Takes a millisecond, and works before the daemon has found a cluster.
/// </summary>
internal static class AdminSocket
{
    private const int MaximumAnswer = 16 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Runs a command without arguments; null when the daemon does not listen or does not answer (yet).</summary>
    public static async Task<JsonDocument?> AskAsync(string path, string command, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), either.Token).ConfigureAwait(false);
            using NetworkStream stream = new(socket);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{{\"prefix\":\"{command}\",\"format\":\"json\"}}\0"), either.Token).ConfigureAwait(false);
            byte[] prefix = new byte[4];
            await stream.ReadExactlyAsync(prefix, either.Token).ConfigureAwait(false);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
            if (length > MaximumAnswer)
            {
                return null;
            }

            byte[] answer = new byte[length];
            await stream.ReadExactlyAsync(answer, either.Token).ConfigureAwait(false);
            return JsonDocument.Parse(answer);
        }
        catch (Exception e) when (e is SocketException or IOException or JsonException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
