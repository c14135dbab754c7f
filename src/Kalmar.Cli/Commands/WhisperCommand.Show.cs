using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kalmar.Cli.Output;
using Kalmar.Whisper;
using Kalmar.Whisper.Operations;

namespace Kalmar.Cli.Commands;

/// <content>Commands that only look.</content>
internal static partial class WhisperCommand
{
    private static Command CreateInfo()
    {
        var wanted = new Argument<string?>("field") { Description = "Print only this one.", Arity = ArgumentArity.ZeroOrOne };
        return Command("info", "Shows aggregation, xFilesFactor and archives.", [PathArgument, wanted], [Json], result =>
        {
            string path = result.GetValue(PathArgument)!;
            WhisperHeader header = WhisperFile.Info(path);
            (string Name, string Value)[] fields =
            [
                ("aggregationMethod", AggregationMethods.NameOf(header.Aggregation)),
                ("maxRetention", header.MaxRetention.ToString(CultureInfo.InvariantCulture)),
                ("xFilesFactor", Number(header.XFilesFactor)),
                ("fileSize", new FileInfo(path).Length.ToString(CultureInfo.InvariantCulture)),
            ];
            if (result.GetValue(wanted) is { } name)
            {
                return PrintField(name, fields, header);
            }

            if (result.GetValue(Json))
            {
                PrintJson(json => WriteHeader(json, header, path));
                return ExitCode.Ok;
            }

            foreach ((string field, string value) in fields)
            {
                Console.WriteLine($"{field}: {value}");
            }

            Console.WriteLine();
            for (int i = 0; i < header.Archives.Length; i++)
            {
                ArchiveInfo archive = header.Archives[i];
                Console.WriteLine($"Archive {i}");
                Console.WriteLine($"offset: {archive.Offset}");
                Console.WriteLine($"secondsPerPoint: {archive.SecondsPerPoint}");
                Console.WriteLine($"points: {archive.Points}");
                Console.WriteLine($"retention: {archive.Retention}");
                Console.WriteLine($"size: {archive.Size}");
                Console.WriteLine();
            }

            return ExitCode.Ok;
        });
    }

    private static int PrintField(string name, (string Name, string Value)[] fields, WhisperHeader header)
    {
        if (name == "archives")
        {
            PrintJson(json => WriteArchives(json, header));
            return ExitCode.Ok;
        }

        string? value = fields.FirstOrDefault(f => f.Name == name).Value;
        Console.WriteLine(value ?? $"Unknown field \"{name}\". Valid fields are aggregationMethod,maxRetention,xFilesFactor,archives,fileSize");
        return value is null ? ExitCode.Failed : ExitCode.Ok;
    }

    private static Command CreateDump()
    {
        return Command("dump", "Shows every place of every archive.", [PathArgument], [Pretty, Format, Json], result =>
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
            Console.WriteLine($"  xFilesFactor: {((double)file.Header.XFilesFactor).ToString("g6", CultureInfo.InvariantCulture)}");
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
                    string value = points[slot].Value.ToString("g35", CultureInfo.InvariantCulture);
                    Console.WriteLine($"{slot}: {Time(points[slot].Timestamp, result)}, {value,10}");
                }
            }

            return ExitCode.Ok;
        });
    }

    private static Command CreateFetch()
    {
        var from = new Option<long?>("--from") { Description = "The beginning, in seconds since 1970; a day ago when not told.", HelpName = "TIME" };
        var until = new Option<long?>("--until") { Description = "The end; now when not told.", HelpName = "TIME" };
        var drop = new Option<string?>("--drop") { Description = "Leave out: nulls, zeroes or empty (both).", HelpName = "WHAT" };
        drop.AcceptOnlyFromAmong("nulls", "zeroes", "empty");
        return Command("fetch", "Shows the points of a span of time.", [PathArgument], [from, until, Pretty, Format, drop, Json], result =>
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
                    Console.WriteLine($"{Time(series.From + (i * series.Step), result)}\t{text}");
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
        var columns = new Option<bool>("--columns") { Description = "Plain columns with one blank between." };
        var noHeaders = new Option<bool>("--no-headers") { Description = "No line with the columns' names." };
        var until = new Option<long?>("--until") { Description = "The last time.", HelpName = "TIME" };
        return Command("diff", "Shows what is not the same in two files. Exit code 1 when something is not.", [first, second], [ignoreEmpty, summary, columns, noHeaders, until, Json], result =>
        {
            (string a, string b) = (result.GetValue(first)!, result.GetValue(second)!);
            IReadOnlyList<ArchiveDifference> archives = WhisperDiff.Run(a, b, Now, result.GetValue(ignoreEmpty), result.GetValue(until));
            bool brief = result.GetValue(summary);
            if (result.GetValue(Json))
            {
                PrintJson(json => WriteDifferences(json, a, b, archives, brief));
            }
            else if (brief)
            {
                PrintSummary(archives, result.GetValue(columns), !result.GetValue(noHeaders));
            }
            else
            {
                PrintDifferences(archives, result.GetValue(columns), !result.GetValue(noHeaders));
            }

            return archives.All(a => a.Points.Count == 0) ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static void PrintSummary(IReadOnlyList<ArchiveDifference> archives, bool plain, bool headers)
    {
        string Row(string archive, string total, string points) => plain ? $"{archive} {total} {points}" : $"{archive,7} {total,9} {points,9}";
        if (headers)
        {
            Console.WriteLine(Row("archive", "total", "differing"));
        }

        foreach (ArchiveDifference archive in archives)
        {
            Console.WriteLine(Row($"{archive.Archive}", $"{archive.Total}", $"{archive.Points.Count}"));
        }
    }

    private static void PrintDifferences(IReadOnlyList<ArchiveDifference> archives, bool plain, bool headers)
    {
        string Row(string archive, string time, string a, string b) => plain ? $"{archive} {time} {a} {b}" : $"{archive,7} {time,11} {a,13} {b,13}";
        if (headers)
        {
            Console.WriteLine(Row("archive", "timestamp", "value_a", "value_b"));
        }

        foreach (ArchiveDifference archive in archives)
        {
            if (!plain)
            {
                Console.WriteLine($"Archive {archive.Archive} ({archive.Points.Count} of {archive.Total} datapoints differ)");
                Console.WriteLine(Row("", "timestamp", "value_a", "value_b"));
            }

            foreach (PointDifference point in archive.Points)
            {
                Console.WriteLine(Row(plain ? $"{archive.Archive}" : "", $"{point.Timestamp}", Nullable(point.First), Nullable(point.Second)));
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
        json.WritePropertyName("archives");
        WriteArchives(json, header);
        json.WriteNumber("fileSize", new FileInfo(path).Length);
        json.WriteEndObject();
    }

    private static void WriteArchives(Utf8JsonWriter json, WhisperHeader header)
    {
        json.WriteStartArray();
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

    private static void WriteDifferences(Utf8JsonWriter json, string first, string second, IReadOnlyList<ArchiveDifference> archives, bool brief)
    {
        json.WriteStartObject();
        json.WriteString("path_a", first);
        json.WriteString("path_b", second);
        json.WriteStartArray("archives");
        foreach (ArchiveDifference archive in archives)
        {
            json.WriteStartObject();
            json.WriteNumber("archive", archive.Archive);
            json.WriteNumber("total", archive.Total);
            json.WriteNumber("points", archive.Points.Count);
            if (!brief)
            {
                json.WriteStartArray("datapoint");
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
        json.WriteEndObject();
    }

    private static void PrintJson(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            write(json);
        }

        Console.WriteLine(Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length)));
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

    private static string Time(long seconds, ParseResult result) => result.GetValue(Pretty)
        ? TimeFormat.Write(seconds, result.GetValue(Format) ?? TimeFormat.Default)
        : seconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number as Python writes it.</summary>
    private static string Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e16
        ? value.ToString("F1", CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    private static string Nullable(double? value) => value is { } known ? Number(known) : "None";
}
