using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Kalmar.Sandbox.Layout;

/// <summary>
/// Hands out ports so that sandboxes side by side, started or stopped, never get the same ones: a small file below the temporary folder says
/// which block belongs to which folder, and is held locked while a block is chosen. All ports lie below 32768, where the
/// kernel takes no port for outgoing connections by itself.
/// </summary>
internal static class PortRegistry
{
    /// <summary>How many ports from <see cref="SandboxState.DaemonPort"/> on the daemons may try.</summary>
    public const int DaemonPorts = 2000;

    private const int BlockSize = 10;
    private const int FirstBlock = 20000;
    private const int Blocks = 1200;
    private const int FirstDaemonPort = 12000;
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Takes a block of ten ports for the sandbox in the given folder.</summary>
    public static async Task<(int BasePort, int DaemonPort)> TakeAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetTempPath(), $"kalmar-sandbox-ports-{Environment.UserName}");
        FileStream file = await OpenAsync(path, time, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            // Lines "port unix-seconds folder"; those of sandboxes that are gone are forgotten.
            using StreamReader reader = new(file, leaveOpen: true);
            string text = await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            long now = time.GetUtcNow().ToUnixTimeSeconds();
            List<(int Port, long Since, string Folder)> claims = [.. text.Split('\n').Select(Parse).OfType<(int, long, string)>()];
            claims.RemoveAll(c => string.Equals(c.Folder, folder, StringComparison.Ordinal)
                || (!File.Exists(new SandboxFolder(c.Folder).State) && now - c.Since > Grace.TotalSeconds));
            HashSet<int> taken = [.. claims.Select(c => c.Port)];
            int start = RandomNumberGenerator.GetInt32(Blocks);
            for (int i = 0; i < Blocks; i++)
            {
                int port = FirstBlock + (((start + i) % Blocks) * BlockSize);
                if (taken.Contains(port) || !Enumerable.Range(port, BlockSize).All(IsFree))
                {
                    continue;
                }

                claims.Add((port, now, folder));
                file.SetLength(0);
                StreamWriter writer = new(file);
                await using (writer.ConfigureAwait(false))
                {
                    foreach ((int p, long since, string f) in claims)
                    {
                        await writer.WriteAsync($"{p} {since} {f}\n".AsMemory(), cancellationToken).ConfigureAwait(false);
                    }
                }

                return (port, FirstDaemonPort + (RandomNumberGenerator.GetInt32((FirstBlock - FirstDaemonPort - DaemonPorts) / BlockSize) * BlockSize));
            }
        }

        throw new SandboxException(SandboxErrorKind.PortTaken, $"no ten free ports in a row between {FirstBlock} and {FirstBlock + (Blocks * BlockSize) - 1}; destroy sandboxes that are no longer needed ('{path}' lists them)");
    }

    /// <summary>Whether nobody listens on the port, on either loopback address.</summary>
    public static bool IsFree(int port) => CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    private static bool CanBind(IPAddress address, int port)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException e)
        {
            // A machine without IPv6 has no ::1 to take.
            return e.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }

    private static async Task<FileStream> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 200)
            {
                // Another sandbox is choosing; it takes milliseconds.
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SandboxException(SandboxErrorKind.Busy, $"cannot use '{path}' ({e.Message.ReplaceLineEndings(" ")}); remove that file", e);
            }
        }
    }

    private static (int Port, long Since, string Folder)? Parse(string line)
    {
        string[] parts = line.Split(' ', 3);
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long since)
            ? (port, since, parts[2])
            : null;
    }
}
