using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kalmar.Whisper;
using Kalmar.Whisper.Operations;

namespace Kalmar.Cli.Commands;

/// <content>Commands that only look.</content>
internal static partial class WhisperCommand
{
    private static Command CreateInfo() => Command("info", "Shows aggregation, xFilesFactor and archives.", [PathArgument], [Json], result =>
    {
        string path = result.GetValue(PathArgument)!;
        WhisperHeader header = WhisperFile.Info(path);
        if (result.GetValue(Json))
        {
            PrintJson(json => WriteHeader(json, header, path));
            return ExitCode.Ok;
        }

        Console.WriteLine($"aggregationMethod: {AggregationMethods.NameOf(header.Aggregation)}");
        Console.WriteLine($"maxRetention: {header.MaxRetention}");
        Console.WriteLine($"xFilesFactor: {Number(header.XFilesFactor)}");
        Console.WriteLine($"fileSize: {new FileInfo(path).Length}");
        for (int i = 0; i < header.Archives.Length; i++)
        {
            ArchiveInfo archive = header.Archives[i];
            Console.WriteLine();
            Console.WriteLine($"Archive {i}");
            Console.WriteLine($"offset: {archive.Offset}");
            Console.WriteLine($"secondsPerPoint: {archive.SecondsPerPoint}");
            Console.WriteLine($"points: {archive.Points}");
            Console.WriteLine($"retention: {archive.Retention}");
            Console.WriteLine($"size: {archive.Size}");
        }

        return ExitCode.Ok;
    });

    private static Command CreateDump()
    {
        var pretty = new Option<bool>("--pretty") { Description = "Show times as dates (UTC)." };
        return Command("dump", "Shows every place of every archive.", [PathArgument], [pretty, Json], result =>
        {
            using WhisperFile file = WhisperFile.OpenRead(result.GetValue(PathArgument)!);
            if (result.GetValue(Json))
            {
                PrintJson(json => WriteDump(json, file));
                return ExitCode.Ok;
            }

            Console.WriteLine("Meta data:");
            Console.WriteLine($"  aggregation method: {AggregationMethods.NameOf(file.Header.Aggregation)}");
            Console.WriteLine($"  max retention: {file.Header.MaxRetention}");
            Console.WriteLine($"  xFilesFactor: {file.Header.XFilesFactor}");
            Console.WriteLine();
            for (int i = 0; i < file.Header.Archives.Length; i++)
            {
                ArchiveInfo archive = file.Header.Archives[i];
                Console.WriteLine($"Archive {i} info:");
                Console.WriteLine($"  offset: {archive.Offset}");
                Console.WriteLine($"  seconds per point: {archive.SecondsPerPoint}");
                Console.WriteLine($"  points: {archive.Points}");
                Console.WriteLine($"  retention: {archive.Retention}");
                Console.WriteLine($"  size: {archive.Size}");
                Console.WriteLine();
            }

            for (int i = 0; i < file.Header.Archives.Length; i++)
            {
                Console.WriteLine($"Archive {i} data:");
                WhisperPoint[] points = file.ReadSlots(i);
                for (int slot = 0; slot < points.Length; slot++)
                {
                    Console.WriteLine($"{slot}: {Time(points[slot].Timestamp, result.GetValue(pretty))}, {Number(points[slot].Value),10}");
                }
            }

            return ExitCode.Ok;
        });
    }

    private static Command CreateFetch()
    {
        var from = new Option<long?>("--from") { Description = "The beginning, in seconds since 1970; a day ago when not told.", HelpName = "TIME" };
        var until = new Option<long?>("--until") { Description = "The end; now when not told.", HelpName = "TIME" };
        var pretty = new Option<bool>("--pretty") { Description = "Show times as dates (UTC)." };
        var drop = new Option<string?>("--drop") { Description = "Leave out: nulls, zeroes or empty (both).", HelpName = "WHAT" };
        return Command("fetch", "Shows the points of a span of time.", [PathArgument], [from, until, pretty, drop, Json], result =>
        {
            long now = Now;
            WhisperSeries? series = WhisperFile.Fetch(result.GetValue(PathArgument)!, result.GetValue(from) ?? now - 86400, result.GetValue(until) ?? now, now);
            if (series is null)
            {
                Console.Error.WriteLine("kalmar: the file keeps nothing of that time");
                return ExitCode.Failed;
            }

            if (result.GetValue(Json))
            {
                PrintJson(json => WriteSeries(json, series));
                return ExitCode.Ok;
            }

            string? left = result.GetValue(drop);
            for (int i = 0; i < series.Values.Length; i++)
            {
                double value = series.Values[i];
                bool dropped = (left is "nulls" or "empty" && double.IsNaN(value)) || (left is "zeroes" or "empty" && value == 0);
                if (!dropped)
                {
                    string text = double.IsNaN(value) ? "None" : value.ToString("F6", CultureInfo.InvariantCulture);
                    Console.WriteLine($"{Time(series.From + (i * series.Step), result.GetValue(pretty))}\t{text}");
                }
            }

            return ExitCode.Ok;
        });
    }

    private static Command CreateDiff()
    {
        (Argument<string> first, Argument<string> second) = Two("to compare", "to compare with");
        var ignoreEmpty = new Option<bool>("--ignore-empty") { Description = "Leave out points that only one file has." };
        var summary = new Option<bool>("--summary") { Description = "Only numbers of points." };
        var until = new Option<long?>("--until") { Description = "The last time.", HelpName = "TIME" };
        return Command("diff", "Shows what is not the same in two files. Exit code 1 when something is not.", [first, second], [ignoreEmpty, summary, until, Json], result =>
        {
            IReadOnlyList<ArchiveDifference> archives = WhisperDiff.Run(
                result.GetValue(first)!, result.GetValue(second)!, Now, result.GetValue(ignoreEmpty), result.GetValue(until));
            bool brief = result.GetValue(summary);
            if (result.GetValue(Json))
            {
                PrintJson(json => WriteDifferences(json, archives, brief));
            }
            else
            {
                PrintDifferences(archives, brief);
            }

            return archives.All(a => a.Points.Count == 0) ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static void PrintDifferences(IReadOnlyList<ArchiveDifference> archives, bool brief)
    {
        foreach (ArchiveDifference archive in archives)
        {
            Console.WriteLine($"Archive {archive.Archive}: {archive.Points.Count} of {archive.Total} points differ");
            foreach (PointDifference point in brief ? [] : archive.Points)
            {
                Console.WriteLine($"{point.Timestamp,12} {Nullable(point.First),20} {Nullable(point.Second),20}");
            }
        }
    }

    private static void PrintDamaged(List<WhisperCorruptException> damaged) => PrintJson(json =>
    {
        json.WriteStartArray();
        foreach (WhisperCorruptException damage in damaged)
        {
            json.WriteStartObject();
            json.WriteString("path", damage.Path);
            json.WriteString("damage", damage.Damage.ToString());
            json.WriteString("message", damage.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteHeader(Utf8JsonWriter json, WhisperHeader header, string path)
    {
        json.WriteStartObject();
        json.WriteString("aggregationMethod", AggregationMethods.NameOf(header.Aggregation));
        json.WriteNumber("maxRetention", header.MaxRetention);
        json.WriteNumber("xFilesFactor", (double)header.XFilesFactor);
        json.WriteNumber("fileSize", new FileInfo(path).Length);
        json.WriteStartArray("archives");
        foreach (ArchiveInfo archive in header.Archives)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", archive.Offset);
            json.WriteNumber("secondsPerPoint", archive.SecondsPerPoint);
            json.WriteNumber("points", archive.Points);
            json.WriteNumber("retention", archive.Retention);
            json.WriteNumber("size", archive.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDump(Utf8JsonWriter json, WhisperFile file)
    {
        json.WriteStartArray();
        for (int i = 0; i < file.Header.Archives.Length; i++)
        {
            json.WriteStartArray();
            foreach (WhisperPoint point in file.ReadArchive(i))
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.Timestamp);
                WriteNumber(json, point.Value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteSeries(Utf8JsonWriter json, WhisperSeries series)
    {
        json.WriteStartObject();
        json.WriteNumber("start", series.From);
        json.WriteNumber("end", series.Until);
        json.WriteNumber("step", series.Step);
        json.WriteStartArray("values");
        foreach (double value in series.Values)
        {
            WriteNumber(json, value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDifferences(Utf8JsonWriter json, IReadOnlyList<ArchiveDifference> archives, bool brief)
    {
        json.WriteStartArray();
        foreach (ArchiveDifference archive in archives)
        {
            json.WriteStartObject();
            json.WriteNumber("archive", archive.Archive);
            json.WriteNumber("total", archive.Total);
            json.WriteNumber("points", archive.Points.Count);
            if (!brief)
            {
                json.WriteStartArray("datapoints");
                foreach (PointDifference point in archive.Points)
                {
                    json.WriteStartObject();
                    json.WriteNumber("timestamp", point.Timestamp);
                    json.WritePropertyName("value_a");
                    WriteNumber(json, point.First ?? double.NaN);
                    json.WritePropertyName("value_b");
                    WriteNumber(json, point.Second ?? double.NaN);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void PrintJson(Action<Utf8JsonWriter> write)
    {
        using Stream output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            write(json);
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static string Time(long seconds, bool pretty) => pretty
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture)
        : seconds.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15
        ? value.ToString("F1", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Nullable(double? value) => value is { } known ? Number(known) : "None";
}
