using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kalmar.Benchmarks.Carbon;

/// <summary>Counts the lines that come in by TCP: the far end of a relay.</summary>
internal static class CarbonSink
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private static long _lines;
    private static long _last;

    /// <summary>carbon-sink PORT: ends when nothing came for five seconds after the first line; prints lines, seconds and its CPU seconds.</summary>
    public static async Task<int> CountAsync(string[] args)
    {
        using var listener = new TcpListener(IPAddress.Loopback, int.Parse(args[0], CultureInfo.InvariantCulture));
        listener.Start();
        List<Task> readers = [];
        Task<TcpClient> next = listener.AcceptTcpClientAsync();
        long first = 0;
        while (_lines == 0 || Stopwatch.GetElapsedTime(Interlocked.Read(ref _last)) < Quiet)
        {
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(50))).ConfigureAwait(false);
            if (next.IsCompleted)
            {
                readers.Add(ReadAsync(await next.ConfigureAwait(false)));
                next = listener.AcceptTcpClientAsync();
            }

            if (first == 0 && Interlocked.Read(ref _lines) > 0)
            {
                first = Stopwatch.GetTimestamp();
            }
        }

        double seconds = Stopwatch.GetElapsedTime(first, Interlocked.Read(ref _last)).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_lines} {seconds:F2} {Environment.CpuUsage.TotalTime.TotalSeconds:F2}"));
        return 0;
    }

    private static async Task ReadAsync(TcpClient client)
    {
        using TcpClient owned = client;
        byte[] buffer = new byte[1 << 18];
        NetworkStream stream = client.GetStream();
        int count;
        while ((count = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            Interlocked.Add(ref _lines, buffer.AsSpan(0, count).Count((byte)'\n'));
            Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());
        }
    }
}
