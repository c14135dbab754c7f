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
        return Command("create", "Makes a file.", [PathArgument, Retentions], [XFilesFactor, Aggregation, overwrite, estimate, sparse, fallocate], result =>
        {
            string path = result.GetValue(PathArgument)!;
            var policy = new RetentionPolicy(result.GetValue(Retentions)!.Select(ArchiveSpec.Parse));
            if (result.GetValue(estimate))
            {
                Console.WriteLine($"{policy.FileSize} bytes");
                return ExitCode.Ok;
            }

            if (result.GetValue(overwrite))
            {
                File.Delete(path);
            }

            var options = new WhisperOptions { Sparse = result.GetValue(sparse), Fallocate = result.GetValue(fallocate) };
            WhisperFile.Create(path, policy, Method(result) ?? AggregationMethod.Average, result.GetValue(XFilesFactor) ?? 0.5, options).Dispose();
            Console.WriteLine($"Created: {path} ({policy.FileSize} bytes)");
            return ExitCode.Ok;
        });
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
        return Command("fill", "Fills the gaps of a file from another; what is there stays.", [source, target], [], result =>
        {
            WhisperFill.Run(result.GetValue(source)!, result.GetValue(target)!, Now);
            return ExitCode.Ok;
        });
    }

    private static Command CreateResize()
    {
        var newFile = new Option<string?>("--newfile") { Description = "Make this file and leave the old one.", HelpName = "FILE" };
        var noBackup = new Option<bool>("--nobackup") { Description = "Don't keep the old file as .bak." };
        var aggregate = new Option<bool>("--aggregate") { Description = "Make coarser points of finer ones where archives no longer match." };
        return Command("resize", "Gives a file other archives and keeps its points.", [PathArgument, Retentions], [XFilesFactor, Aggregation, newFile, noBackup, aggregate], result =>
        {
            var options = new ResizeOptions
            {
                XFilesFactor = result.GetValue(XFilesFactor),
                Aggregation = Method(result),
                NewFile = result.GetValue(newFile),
                KeepBackup = !result.GetValue(noBackup),
                Aggregate = result.GetValue(aggregate),
            };
            WhisperResize.Run(result.GetValue(PathArgument)!, new RetentionPolicy(result.GetValue(Retentions)!.Select(ArchiveSpec.Parse)), Now, options);
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
            float before = file.Header.XFilesFactor;
            file.SetAggregation(null, result.GetValue(factor));
            Console.WriteLine($"Updated xFilesFactor: {file.Path} ({before} -> {file.Header.XFilesFactor})");
            return ExitCode.Ok;
        });
    }

    private static Command CreateAutoResize()
    {
        var folder = new Argument<string>("folder") { Description = "The data folder; names are taken relative to it." };
        var conf = new Argument<string>("conf-folder") { Description = "Where storage-schemas.conf and storage-aggregation.conf are." };
        var subdir = new Option<string?>("--subdir") { Description = "Only files below this folder.", HelpName = "FOLDER" };
        var doIt = new Option<bool>("--doit") { Description = "Change files; without it they are only told." };
        return Command("auto-resize", "Gives files the archives that the schemas have for them.", [folder, conf], [subdir, doIt], result =>
        {
            string root = result.GetValue(folder)!;
            StorageSchemas schemas = StorageSchemas.Load(Path.Combine(result.GetValue(conf)!, "storage-schemas.conf"));
            string aggregationFile = Path.Combine(result.GetValue(conf)!, "storage-aggregation.conf");
            StorageAggregation aggregation = File.Exists(aggregationFile) ? StorageAggregation.Load(aggregationFile) : StorageAggregation.Default;
            foreach (string file in Directory.EnumerateFiles(result.GetValue(subdir) ?? root, "*" + MetricPath.Extension, SearchOption.AllDirectories))
            {
                AutoResize(file, MetricPath.NameOf(Path.GetRelativePath(root, file)), schemas, aggregation, result.GetValue(doIt));
            }

            return ExitCode.Ok;
        });
    }

    private static void AutoResize(string file, string metric, StorageSchemas schemas, StorageAggregation aggregation, bool doIt)
    {
        WhisperHeader header = WhisperFile.Info(file);
        RetentionPolicy wanted = schemas.RetentionsOf(metric);
        (AggregationMethod method, double factor) = aggregation.Of(metric);
        if (header.Retentions.Equals(wanted) && header.Aggregation == method && header.XFilesFactor == (float)factor)
        {
            return;
        }

        Console.WriteLine($"{file}: {header.Retentions} {AggregationMethods.NameOf(header.Aggregation)} {header.XFilesFactor} -> {wanted} {AggregationMethods.NameOf(method)} {factor}");
        if (doIt)
        {
            WhisperResize.Run(file, wanted, Now, new ResizeOptions { Aggregation = method, XFilesFactor = factor, KeepBackup = false });
        }
    }

    private static Command CreateFindCorrupt()
    {
        var folders = new Argument<string[]>("folder") { Description = "Where to look.", Arity = ArgumentArity.OneOrMore };
        var putAside = new Option<bool>("--put-aside") { Description = "Rename damaged files to *.wsp.damaged, so that they are made anew." };
        return Command("find-corrupt", "Finds damaged files. Exit code 1 when there is one.", [folders], [putAside, Json], result =>
        {
            List<WhisperCorruptException> damaged = [.. result.GetValue(folders)!.SelectMany(WhisperScan.Damaged)];
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

                if (result.GetValue(putAside))
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
