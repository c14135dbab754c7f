namespace Kalmar.Whisper.Operations;

/// <summary>whisper-fill: gaps of one file filled from another; what is there stays. The archives may differ.</summary>
public static class WhisperFill
{
    /// <summary>Fills gaps of more than one point in <paramref name="target"/>, from the finest archive of <paramref name="source"/>.</summary>
    /// <param name="source">The file to read.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    public static void Run(string source, string target, long now)
    {
        using WhisperFile input = WhisperFile.OpenRead(source);
        using WhisperFile output = WhisperFile.Open(target);
        long startFrom = now;
        foreach (int index in SameArchives.ByRetention(output.Header))
        {
            ArchiveInfo archive = output.Header.Archives[index];
            long from = now - archive.Retention;
            if (from >= startFrom || output.Fetch(from, startFrom, now) is not { } series)
            {
                continue;
            }

            foreach ((long begin, long end) in Gaps(series, archive.SecondsPerPoint))
            {
                Copy(input, output, begin, end, now);
            }

            startFrom = from;
        }
    }

    private static IEnumerable<(long Begin, long End)> Gaps(WhisperSeries series, uint precision)
    {
        long time = series.From;
        long? gap = null;
        foreach (double value in series.Values)
        {
            bool missing = double.IsNaN(value) || value == 0;
            if (missing && gap is null)
            {
                gap = time;
            }
            else if (!missing && gap is { } start)
            {
                if (time - start > precision)
                {
                    // Up to the point before the one that is there, which whisper-fill would overwrite.
                    yield return (start - series.Step, time - series.Step);
                }

                gap = null;
            }
            else if (gap is { } open && time == series.Until - series.Step)
            {
                yield return (open - series.Step, time);
            }

            time += series.Step;
        }
    }

    private static void Copy(WhisperFile input, WhisperFile output, long begin, long end, long now)
    {
        long oldest = now - input.Header.MaxRetention;
        if (begin < oldest && end < oldest)
        {
            return;
        }

        foreach (int index in SameArchives.ByRetention(input.Header))
        {
            long reach = now - input.Header.Archives[index].Retention;
            if (end <= reach)
            {
                continue;
            }

            long from = Math.Max(reach, begin);
            if (input.Fetch(from, end, now) is { } series)
            {
                WhisperPoint[] points = [.. series.Values
                    .Select((value, i) => new WhisperPoint((uint)(series.From + (i * series.Step)), value))
                    .Where(p => !double.IsNaN(p.Value))];
                output.UpdateMany(points, now);
            }

            end = from;
            if (begin == end)
            {
                return;
            }
        }
    }
}
