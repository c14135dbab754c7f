using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Kalmar.Whisper.Tests;

/// <summary>
/// The real Whisper of Debian's package python3-whisper in one process, which takes commands line by line: numbers travel as the
/// sixteen hexadecimal digits of their bits, so nothing is rounded on the way.
/// </summary>
internal sealed class PythonWhisper : IDisposable
{
    private const string Program = """
        import sys, struct, os
        import whisper
        def num(h): return struct.unpack('>d', bytes.fromhex(h))[0]
        def hexed(v): return '-' if v is None else struct.pack('>d', v).hex()
        def points(words): return [(int(w.split(':')[0]), num(w.split(':')[1])) for w in words]
        for line in sys.stdin:
            w = line.rstrip('\n').split('\t')
            try:
                if w[0] == 'create':
                    whisper.create(w[1], [tuple(int(x) for x in a.split(':')) for a in w[2].split(',')], float(w[3]), w[4], sparse=w[5]=='s', useFallocate=w[5]=='f')
                    out = 'ok'
                elif w[0] == 'many':
                    whisper.update_many(w[1], points(w[3:]), now=int(w[2])); out = 'ok'
                elif w[0] == 'one':
                    (t, v) = points(w[3:4])[0]
                    whisper.update(w[1], v, t, now=int(w[2])); out = 'ok'
                elif w[0] == 'fetch':
                    r = whisper.fetch(w[1], int(w[2]), int(w[3]), now=int(w[4]), archiveToSelect=int(w[5]) or None)
                    out = 'none' if r is None else '%d %d %d %s' % (r[0][0], r[0][1], r[0][2], ' '.join(hexed(v) for v in r[1]))
                elif w[0] == 'set':
                    whisper.setAggregationMethod(w[1], w[2], float(w[3])); out = 'ok'
                elif w[0] == 'merge':
                    whisper.merge(w[1], w[2], int(w[3]) if w[3] else None, int(w[4]) if w[4] else None, now=int(w[5])); out = 'ok'
                elif w[0] == 'diff':
                    r = whisper.diff(w[1], w[2], ignore_empty=w[3]=='1', now=int(w[4]))
                    out = ' '.join('%d/%d[%s]' % (n, total, ','.join('%d:%s:%s' % (t, hexed(a), hexed(b)) for (t, a, b) in ds)) for (n, ds, total) in r)
                elif w[0] == 'retention':
                    out = '%d:%d' % whisper.parseRetentionDef(w[1])
                elif w[0] == 'set-order':
                    out = ' '.join(str(x) for x in set([int(x) for x in w[1:]]))
                else:
                    out = 'unknown'
            except Exception as e:
                out = 'error ' + type(e).__name__
            print(out, flush=True)
        """;

    private readonly Process _process;

    public PythonWhisper()
    {
        Assert.True(File.Exists("/usr/bin/whisper-info"), "python3-whisper is not installed: apt-get install python3-whisper");
        var start = new ProcessStartInfo("/usr/bin/python3") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Program);
        _process = Process.Start(start)!;
    }

    public string Ask(params string[] words)
    {
        _process.StandardInput.WriteLine(string.Join('\t', words));
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Python's Whisper ended");
    }

    public string Many(string path, long now, IEnumerable<WhisperPoint> points) =>
        Ask(["many", path, Text(now), .. points.Select(Text)]);

    public string Fetch(string path, long from, long until, long now, uint step = 0) =>
        Ask("fetch", path, Text(from), Text(until), Text(now), Text(step));

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(WhisperPoint point) => $"{point.Timestamp}:{Bits(point.Value)}";

    public static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Our answer in the words of the program above; no known value is NaN in these tests.</summary>
    public static string Text(WhisperSeries? series)
    {
        if (series is null)
        {
            return "none";
        }

        var text = new StringBuilder($"{series.From} {series.Until} {series.Step} ");
        text.AppendJoin(' ', series.Values.Select(v => double.IsNaN(v) ? "-" : Bits(v)));
        return text.ToString();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
