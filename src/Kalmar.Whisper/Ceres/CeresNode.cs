using System.Text.Json;

namespace Kalmar.Whisper.Ceres;

/// <summary>
/// A metric in a Ceres tree: a folder with <c>.ceres-node</c> (JSON: <c>timeStep</c>, perhaps <c>aggregationMethod</c>) and slices. Where slices
/// overlap the one that begins later counts from its beginning on. Read-only; a snapshot of the folder at the time when it was opened.
/// </summary>
public sealed class CeresNode
{
    /// <summary>The file that makes a folder a node.</summary>
    public const string Marker = ".ceres-node";

    private const int MaxMetadata = 64 * 1024;

    private CeresNode(string folder, int step, AggregationMethod aggregation, IReadOnlyList<CeresSlice> slices)
    {
        Folder = folder;
        Step = step;
        Aggregation = aggregation;
        Slices = slices;
    }

    /// <summary>The node's folder.</summary>
    public string Folder { get; }

    /// <summary>Seconds between two values, as the node has it for new slices.</summary>
    public int Step { get; }

    /// <summary>How values become coarser.</summary>
    public AggregationMethod Aggregation { get; }

    /// <summary>The slices, that which begins last first.</summary>
    public IReadOnlyList<CeresSlice> Slices { get; }

    /// <summary>Whether a folder is a node.</summary>
    public static bool IsNode(string folder) => File.Exists(Path.Combine(folder, Marker));

    /// <summary>Opens a node.</summary>
    /// <exception cref="CeresException">It is none, or its metadata or folder cannot be read.</exception>
    public static CeresNode Open(string folder)
    {
        try
        {
            (int? step, AggregationMethod aggregation) = Metadata(Path.Combine(folder, Marker));
            CeresSlice[] slices = [.. new DirectoryInfo(folder).EnumerateFiles("*" + CeresSlice.Extension)
                .Select(CeresSlice.Of).OfType<CeresSlice>().OrderByDescending(s => s.Start).ThenBy(s => s.Step)];
            step ??= slices.Length > 0
                ? slices.Min(s => s.Step)
                : throw new CeresException(folder, $"{Marker} has no timeStep and there is no slice");
            return new CeresNode(folder, step.Value, aggregation, slices);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CeresException(folder, $"is no Ceres node that can be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new CeresException(Path.Combine(folder, Marker), $"is no JSON: {e.Message}");
        }
    }

    /// <summary>The known points of a span in the order of their times.</summary>
    /// <param name="from">The first time.</param>
    /// <param name="until">The last time.</param>
    public IReadOnlyList<WhisperPoint> Points(long from, long until)
    {
        List<WhisperPoint[]> parts = [];
        foreach ((CeresSlice slice, long last) in Parts(until).Where(p => p.Last >= from))
        {
            parts.Add([.. slice.Read(from, last)]);
        }

        parts.Reverse();
        return [.. parts.SelectMany(p => p)];
    }

    /// <summary>The values of a span of time, in the coarsest step of the slices that have something of it.</summary>
    /// <param name="from">The beginning (excluded), in seconds since 1970.</param>
    /// <param name="until">The end (included).</param>
    public WhisperSeries Fetch(long from, long until)
    {
        if (from > until)
        {
            throw new ArgumentException($"the beginning {from} is after the end {until}", nameof(from));
        }

        int step = Parts(until).Where(p => p.Last > from && p.Slice.Last > from).Select(p => p.Slice.Step).DefaultIfEmpty(Step).Max();
        long start = from - (from % step) + step;
        long end = until - (until % step) + step;
        double[] values = new double[Math.Max(0, (end - start) / step)];
        Array.Fill(values, double.NaN);
        foreach (IGrouping<long, WhisperPoint> same in Points(start, end - 1).GroupBy(p => (p.Timestamp - start) / step))
        {
            double[] known = [.. same.Select(p => p.Value)];
            values[same.Key] = Whisper.Aggregation.Of(Aggregation, known, known.Length);
        }

        return new WhisperSeries(start, end, step, values);
    }

    /// <summary>The slices with the last time that counts of each.</summary>
    private IEnumerable<(CeresSlice Slice, long Last)> Parts(long until)
    {
        foreach (CeresSlice slice in Slices)
        {
            if (slice.Start <= until)
            {
                yield return (slice, until);
                until = slice.Start - 1;
            }
        }
    }

    private static (int? Step, AggregationMethod Aggregation) Metadata(string file)
    {
        var info = new FileInfo(file);
        if (info.Length > MaxMetadata)
        {
            throw new CeresException(file, $"has {info.Length} bytes, more than any node's metadata");
        }

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new CeresException(file, "is no JSON object");
        }

        int? step = json.RootElement.TryGetProperty("timeStep", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0
            ? number
            : null;
        bool named = json.RootElement.TryGetProperty("aggregationMethod", out JsonElement method) && method.ValueKind == JsonValueKind.String;
        return (step, named && AggregationMethods.Names.Contains(method.GetString()) ? AggregationMethods.Parse(method.GetString()!) : AggregationMethod.Average);
    }
}
