using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Kalmar.Benchmarks.Carbon;

/// <summary>
/// Sends series to a Carbon by its line protocol and counts what is on disk; the script bench/carbon.sh runs it against Kalmar and
/// against Debian's carbon-cache.
/// </summary>
internal static class CarbonLoad
{
    /// <summary>carbon-load PORT SERIES POINTS CONNECTIONS: points of one series a minute apart, ending now.</summary>
    public static async Task<int> SendAsync(string[] args)
    {
        int port = int.Parse(args[0], CultureInfo.InvariantCulture);
        int series = int.Parse(args[1], CultureInfo.InvariantCulture);
        int points = int.Parse(args[2], CultureInfo.InvariantCulture);
        int connections = int.Parse(args[3], CultureInfo.InvariantCulture);
        string prefix = args.Length > 4 ? args[4] : "bench";
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(c => Task.Run(() => SendAsync(port, series, points, connections, c, prefix, now)))).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"sent {(long)series * points} in {seconds:F2} s, {(long)series * points / seconds / 1000:F0} k/s, CPU {Environment.CpuUsage.TotalTime.TotalSeconds:F2} s");
        return 0;
    }

    /// <summary>carbon-count FOLDER [BYTES]: points in the first archives of all files, or in so many bytes at the head of each.</summary>
    public static int Count(string[] args)
    {
        long files = 0;
        long points = 0;
        byte[] bytes = new byte[args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 65536];
        foreach (string file in Directory.EnumerateFiles(args[0], "*.wsp", SearchOption.AllDirectories))
        {
            if (!file.Contains("/bench", StringComparison.Ordinal))
            {
                continue;
            }

            using SafeFileHandle handle = File.OpenHandle(file);
            int length = RandomAccess.Read(handle, bytes, 0);
            files++;
            for (int at = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(16)); at + 12 <= length; at += 12)
            {
                points += BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)) == 0 ? 0 : 1;
            }
        }

        Console.WriteLine($"{files} {points}");
        return 0;
    }

    private static async Task SendAsync(int port, int series, int points, int connections, int connection, string prefix, long now)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port).ConfigureAwait(false);
        NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[1 << 16];
        int filled = 0;
        for (int p = 0; p < points; p++)
        {
            byte[] tail = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $" {p}.5 {now - (60L * (points - 1 - p))}\n"));
            for (int s = connection; s < series; s += connections)
            {
                if (filled > buffer.Length - 200)
                {
                    await stream.WriteAsync(buffer.AsMemory(0, filled)).ConfigureAwait(false);
                    filled = 0;
                }

                filled += Line(buffer.AsSpan(filled), prefix, s, tail);
            }
        }

        await stream.WriteAsync(buffer.AsMemory(0, filled)).ConfigureAwait(false);
        client.Client.Shutdown(SocketShutdown.Send);
    }

    private static int Line(Span<byte> buffer, string prefix, int series, byte[] tail)
    {
        int at = Encoding.ASCII.GetBytes(prefix, buffer);
        ".host"u8.CopyTo(buffer[at..]);
        at += 5;
        (series / 100).TryFormat(buffer[at..], out int written, default, CultureInfo.InvariantCulture);
        at += written;
        ".subsystem.metric"u8.CopyTo(buffer[at..]);
        at += 17;
        (series % 100).TryFormat(buffer[at..], out written, default, CultureInfo.InvariantCulture);
        at += written;
        tail.CopyTo(buffer[at..]);
        return at + tail.Length;
    }
}
