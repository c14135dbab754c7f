using System.CommandLine;
using Kalmar.Carbon.Schemas;
using Kalmar.Whisper;
using Kalmar.Whisper.Operations;

namespace Kalmar.Cli.Commands;

/// <summary><c>kalmar whisper …</c>: what the whisper-* tools do, with their options.</summary>
internal static partial class WhisperCommand
{
    private static readonly Argument<string> PathArgument = new("path") { Description = "A Whisper file." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    private static readonly Option<bool> Pretty = new("--pretty") { Description = "Show times as dates, in this machine's zone." };

    private static readonly Option<string?> Format = new("--time-format", "-t") { Description = "How --pretty shows times, as strftime has it.", HelpName = "FORMAT" };

    private static readonly Option<double?> XFilesFactor = new("--xFilesFactor") { Description = "The part of finer points, 0 to 1, that must be known for a coarser one.", HelpName = "X" };

    private static readonly Option<string?> Aggregation = new("--aggregationMethod")
    {
        Description = $"How finer points become coarser ones: {string.Join(", ", AggregationMethods.Names)}.",
        HelpName = "METHOD",
    };

    private static readonly Argument<string[]> Retentions = new("retention")
    {
        Description = "Archives as step:span or step:points, for example 10s:2h 1m:2d 15m:60d.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() => new("whisper", "Looks at and changes Whisper files, as Graphite's whisper-* tools do.")
    {
        CreateInfo(),
        CreateDump(),
        CreateFetch(),
        CreateCreate(),
        CreateUpdate(),
        CreateMerge(),
        CreateFill(),
        CreateDiff(),
        CreateResize(),
        CreateSetAggregation(),
        CreateSetXFilesFactor(),
        CreateAutoResize(),
        CreateFindCorrupt(),
        CreateImportCeres(),
    };

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static Command CreateCreate()
    {
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace a file that is there." };
        var estimate = new Option<bool>("--estimate") { Description = "Only tell how large the file would be." };
        var sparse = new Option<bool>("--sparse") { Description = "Make the file with holes, which take no space until written." };
        var fallocate = new Option<bool>("--fallocate") { Description = "Set the file's space aside at once." };
        var words = new Argument<string[]>("path-and-retentions")
        {
            Description = "The file, then archives as step:span or step:points, for example 10s:2h 1m:2d 15m:60d. With --estimate archives only.",
            Arity = ArgumentArity.OneOrMore,
        };
        return Command("create", "Makes a file.", [words], [XFilesFactor, Aggregation, overwrite, estimate, sparse, fallocate], result =>
        {
            string[] given = result.GetValue(words)!;
            if (result.GetValue(estimate))
            {
                return Estimate(given.SelectMany(g => g.Split(',')));
            }

            string path = given[0];
            if (given.Length < 2)
            {
                throw new CommandException($"no archives for {path}; write for example: kalmar whisper create {path} 10s:2h 1m:2d", ExitCode.Usage);
            }

            var policy = new RetentionPolicy(given.Skip(1).Select(ArchiveSpec.Parse));
            if (result.GetValue(overwrite) && File.Exists(path))
            {
                Console.WriteLine($"Overwriting existing file: {path}");
                File.Delete(path);
            }

            var options = new WhisperOptions { Sparse = result.GetValue(sparse), Fallocate = result.GetValue(fallocate) };
            WhisperFile.Create(path, policy, Method(result) ?? AggregationMethod.Average, result.GetValue(XFilesFactor) ?? 0.5, options).Dispose();
            Console.WriteLine($"Created: {path} ({policy.FileSize} bytes)");
            return ExitCode.Ok;
        });
    }

    private static int Estimate(IEnumerable<string> retentions)
    {
        const int block = 4096;
        ArchiveSpec[] archives = [.. retentions.Select(ArchiveSpec.Parse)];
        for (int i = 0; i < archives.Length; i++)
        {
            Console.WriteLine($"Archive {i}: {archives[i].Points} points of {archives[i].SecondsPerPoint}s precision");
        }

        long size = 16 + (12L * archives.Length) + (12 * archives.Sum(a => (long)a.Points));
        long disk = (size + block - 1) / block * block;
        Console.WriteLine();
        Console.WriteLine($"Estimated Whisper DB Size: {Bytes(size)} ({disk} bytes on disk with 4k blocks)");
        Console.WriteLine();
        foreach (int thousands in new[] { 1, 5, 10, 50, 100, 500 })
        {
            Console.WriteLine($"Estimated storage requirement for {thousands}k metrics: {Bytes(thousands * 1000 * disk)}");
        }

        return ExitCode.Ok;
    }

    private static string Bytes(double size)
    {
        string[] units = ["bytes", "KB", "MB", "GB"];
        int unit = 0;
        while (size >= 1024 && unit + 1 < units.Length)
        {
            size /= 1024;
            unit++;
        }

        return size.ToString("F3", System.Globalization.CultureInfo.InvariantCulture) + units[unit];
    }

    private static Command CreateUpdate()
    {
        var points = new Argument<string[]>("point") { Description = "time:value, the time in seconds since 1970 or N for now.", Arity = ArgumentArity.OneOrMore };
        return Command("update", "Writes points.", [PathArgument, points], [], result =>
        {
            long now = Now;
            WhisperPoint[] values = [.. result.GetValue(points)!.Select(p => Point(p, now))];
            using WhisperFile file = WhisperFile.Open(result.GetValue(PathArgument)!);
            file.UpdateMany(values, now);
            return ExitCode.Ok;
        });
    }

    private static Command CreateMerge()
    {
        (Argument<string> source, Argument<string> target) = Two("to read", "to write");
        var from = new Option<long?>("--from") { Description = "The first time, in seconds since 1970.", HelpName = "TIME" };
        var until = new Option<long?>("--until") { Description = "The last time.", HelpName = "TIME" };
        return Command("merge", "Writes the points of one file over those of another.", [source, target], [from, until], result =>
        {
            WhisperMerge.Run(result.GetValue(source)!, result.GetValue(target)!, Now, result.GetValue(from), result.GetValue(until));
            return ExitCode.Ok;
        });
    }

    private static Command CreateFill()
    {
        (Argument<string> source, Argument<string> target) = Two("to read", "to write");
        var locked = new Option<bool>("--lock") { Description = "Lock the file that is written." };
        return Command("fill", "Fills the gaps of a file from another; what is there stays.", [source, target], [locked], result =>
        {
            using IDisposable? hold = result.GetValue(locked) ? WhisperFile.Open(result.GetValue(target)!, new WhisperOptions { Lock = true }) : null;
            WhisperFill.Run(result.GetValue(source)!, result.GetValue(target)!, Now);
            return ExitCode.Ok;
        });
    }

    private static Command CreateResize()
    {
        var newFile = new Option<string?>("--newfile") { Description = "Make this file and leave the old one.", HelpName = "FILE" };
        var noBackup = new Option<bool>("--nobackup") { Description = "Don't keep the old file as .bak." };
        var aggregate = new Option<bool>("--aggregate") { Description = "Make coarser points of finer ones where archives no longer match." };
        var force = new Option<bool>("--force") { Description = "Taken for whisper-resize's sake; it changes nothing there either." };
        return Command("resize", "Gives a file other archives and keeps its points.", [PathArgument, Retentions], [XFilesFactor, Aggregation, newFile, noBackup, aggregate, force], result =>
        {
            var options = new ResizeOptions
            {
                XFilesFactor = result.GetValue(XFilesFactor),
                Aggregation = Method(result),
                NewFile = result.GetValue(newFile),
                KeepBackup = !result.GetValue(noBackup),
                Aggregate = result.GetValue(aggregate),
            };
            string path = result.GetValue(PathArgument)!;
            WhisperResize.Run(path, new RetentionPolicy(result.GetValue(Retentions)!.Select(ArchiveSpec.Parse)), Now, options with { Progress = Console.WriteLine });
            return ExitCode.Ok;
        });
    }

    private static Command CreateSetAggregation()
    {
        var method = new Argument<string>("method") { Description = string.Join(", ", AggregationMethods.Names) };
        var factor = new Argument<double?>("xFilesFactor") { Description = "A new xFilesFactor too.", Arity = ArgumentArity.ZeroOrOne };
        return Command("set-aggregation", "Changes how points are aggregated from now on.", [PathArgument, method, factor], [], result =>
        {
            AggregationMethod wanted = AggregationMethods.Parse(result.GetValue(method)!);
            using WhisperFile file = WhisperFile.Open(result.GetValue(PathArgument)!);
            string before = AggregationMethods.NameOf(file.Header.Aggregation);
            file.SetAggregation(wanted, result.GetValue(factor));
            Console.WriteLine($"Updated aggregation method: {file.Path} ({before} -> {AggregationMethods.NameOf(wanted)})");
            return ExitCode.Ok;
        });
    }

    private static Command CreateSetXFilesFactor()
    {
        var factor = new Argument<double>("xFilesFactor") { Description = "0 to 1." };
        return Command("set-xff", "Changes the xFilesFactor.", [PathArgument, factor], [], result =>
        {
            using WhisperFile file = WhisperFile.Open(result.GetValue(PathArgument)!);
            double before = file.Header.XFilesFactor;
            file.SetAggregation(null, result.GetValue(factor));
            Console.WriteLine($"Updated xFilesFactor: {file.Path} ({Number(before)} -> {Number(result.GetValue(factor))})");
            return ExitCode.Ok;
        });
    }

    private static Command CreateAutoResize()
    {
        var folder = new Argument<string>("folder") { Description = "The data folder; names are taken relative to it." };
        var conf = new Argument<string>("conf-folder") { Description = "Where storage-schemas.conf and storage-aggregation.conf are." };
        var subdir = new Option<string?>("--subdir") { Description = "Only files below this folder.", HelpName = "FOLDER" };
        var doIt = new Option<bool>("--doit") { Description = "Change files; without it they are only told." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Don't tell what is to be changed." };
        var confirm = new Option<bool>("--confirm") { Description = "Ask before each file." };
        var extra = new Option<string?>("--extra_args", "-x") { Description = "Options for the resize: --nobackup, --aggregate.", HelpName = "OPTIONS" };
        return Command("auto-resize", "Gives files the archives that the schemas have for them.", [folder, conf], [subdir, doIt, quiet, confirm, extra], result =>
        {
            string root = result.GetValue(folder)!;
            StorageSchemas schemas = StorageSchemas.Load(Path.Combine(result.GetValue(conf)!, "storage-schemas.conf"));
            string aggregationFile = Path.Combine(result.GetValue(conf)!, "storage-aggregation.conf");
            StorageAggregation aggregation = File.Exists(aggregationFile) ? StorageAggregation.Load(aggregationFile) : StorageAggregation.Default;
            string[] more = (result.GetValue(extra) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (more.FirstOrDefault(m => m is not ("--nobackup" or "--aggregate" or "--force")) is { } unknown)
            {
                throw new CommandException($"--extra_args: '{unknown}' is unknown; use --nobackup or --aggregate", ExitCode.Usage);
            }

            var options = new ResizeOptions { KeepBackup = !more.Contains("--nobackup"), Aggregate = more.Contains("--aggregate") };
            foreach (string file in Directory.EnumerateFiles(result.GetValue(subdir) ?? root, "*" + MetricPath.Extension, SearchOption.AllDirectories))
            {
                AutoResize(file, MetricPath.NameOf(Path.GetRelativePath(root, file)), schemas, aggregation, !result.GetValue(quiet), () => result.GetValue(doIt) && (!result.GetValue(confirm) || Confirmed(file)), options);
            }

            return ExitCode.Ok;
        });
    }

    private static void AutoResize(string file, string metric, StorageSchemas schemas, StorageAggregation aggregation, bool tell, Func<bool> doIt, ResizeOptions options)
    {
        WhisperHeader header = WhisperFile.Info(file);
        RetentionPolicy wanted = schemas.RetentionsOf(metric);
        (AggregationMethod method, double factor) = aggregation.Of(metric);
        if (header.Retentions.Equals(wanted) && header.Aggregation == method && header.XFilesFactor == (float)factor)
        {
            return;
        }

        if (tell)
        {
            Console.WriteLine($"{file}: {header.Retentions} {AggregationMethods.NameOf(header.Aggregation)} {header.XFilesFactor} -> {wanted} {AggregationMethods.NameOf(method)} {factor}");
        }

        if (doIt())
        {
            WhisperResize.Run(file, wanted, Now, options with { Aggregation = method, XFilesFactor = factor });
        }
    }

    private static bool Confirmed(string file)
    {
        Console.Write($"Resize {file}? [y/N] ");
        return Console.ReadLine() is "y" or "Y" or "yes";
    }

    private static Command CreateFindCorrupt()
    {
        var folders = new Argument<string[]>("folder") { Description = "Where to look.", Arity = ArgumentArity.OneOrMore };
        var putAside = new Option<bool>("--put-aside") { Description = "Rename damaged files to *.wsp.damaged, so that they are made anew." };
        var delete = new Option<bool>("--delete-corrupt") { Description = "Delete damaged files." };
        var verbose = new Option<bool>("--verbose") { Description = "Tell the sound files too." };
        return Command("find-corrupt", "Finds damaged files. Exit code 1 when there is one.", [folders], [putAside, delete, verbose, Json], result =>
        {
            List<WhisperCorruptException> damaged = [];
            foreach (string folder in result.GetValue(folders)!)
            {
                if (!Directory.Exists(folder))
                {
                    throw new CommandException($"folder {folder} is not there", ExitCode.Unavailable);
                }

                damaged.AddRange(WhisperScan.Damaged(folder, result.GetValue(verbose) ? (file, header) => Console.WriteLine($"{file}: {header.Archives.Sum(a => (long)a.Points)} points") : null));
            }

            if (result.GetValue(Json))
            {
                PrintDamaged(damaged);
            }

            foreach (WhisperCorruptException damage in damaged)
            {
                if (!result.GetValue(Json))
                {
                    Console.WriteLine($"{damage.Damage}: {damage.Message}");
                }

                if (result.GetValue(delete))
                {
                    File.Delete(damage.Path);
                }
                else if (result.GetValue(putAside))
                {
                    DamagedFiles.PutAside(damage.Path);
                }
            }

            return damaged.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static Command Command(string name, string description, Argument[] arguments, Option[] options, Func<ParseResult, int> run)
    {
        var command = new Command(name, description);
        foreach (Argument argument in arguments)
        {
            command.Add(argument);
        }

        foreach (Option option in options)
        {
            command.Add(option);
        }

        command.SetAction(result => Guarded(() => run(result)));
        return command;
    }

    private static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (WhisperConfigurationException e)
        {
            throw new CommandException(e.Message, ExitCode.Usage, e);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(e.Message, ExitCode.Usage, e);
        }
        catch (Carbon.Configuration.CarbonConfigurationException e)
        {
            throw new CommandException(e.Message, ExitCode.Configuration, e);
        }
    }

    private static (Argument<string> First, Argument<string> Second) Two(string first, string second) =>
        (new("source") { Description = $"The file {first}." }, new("target") { Description = $"The file {second}." });

    private static AggregationMethod? Method(ParseResult result) => result.GetValue(Aggregation) is { } name ? AggregationMethods.Parse(name) : null;

    private static WhisperPoint Point(string text, long now)
    {
        string[] parts = text.Split(':', 2);
        return parts.Length == 2 && (parts[0] == "N" || uint.TryParse(parts[0], out _)) && double.TryParse(parts[1], out double value)
            ? new WhisperPoint(parts[0] == "N" ? (uint)now : uint.Parse(parts[0]), value)
            : throw new CommandException($"'{text}' is no point; write time:value or N:value", ExitCode.Usage);
    }
}
