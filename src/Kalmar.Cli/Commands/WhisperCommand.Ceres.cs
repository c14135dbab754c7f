using System.CommandLine;
using Kalmar.Carbon.Schemas;
using Kalmar.Whisper;
using Kalmar.Whisper.Ceres;
using Kalmar.Whisper.Operations;

namespace Kalmar.Cli.Commands;

/// <content><c>kalmar whisper import-ceres</c>.</content>
internal static partial class WhisperCommand
{
    private static Command CreateImportCeres()
    {
        var source = new Argument<string>("source") { Description = "The root of a Ceres tree, or one node's folder." };
        var target = new Argument<string>("target") { Description = "The folder of Whisper files; files that are there stay as they are." };
        var retentions = new Option<string?>("--retentions") { Description = "Archives for all, for example 10s:2h,1m:2d; those of each node's slices when not told.", HelpName = "LIST" };
        var conf = new Option<string?>("--conf") { Description = "A folder with storage-schemas.conf and storage-aggregation.conf to take them from.", HelpName = "FOLDER" };
        return Command("import-ceres", "Makes Whisper files of a Ceres tree. Exit code 1 when something could not be taken.", [source, target], [retentions, conf, XFilesFactor, Aggregation], result =>
        {
            string root = result.GetValue(source)!;
            if (!Directory.Exists(root))
            {
                throw new CommandException($"folder {root} is not there", ExitCode.Unavailable);
            }

            (string, string)[] nodes = CeresNode.IsNode(root)
                ? [(Path.GetFileName(Path.GetFullPath(root).TrimEnd('/')), root)]
                : [.. CeresTree.Nodes(root).OrderBy(n => n.Name, StringComparer.Ordinal)];
            if (nodes.Length == 0)
            {
                throw new CommandException($"there is no Ceres node below {root}: no folder in it has a file {CeresNode.Marker}", ExitCode.Unavailable);
            }

            StorageSchemas? schemas = result.GetValue(conf) is { } folder ? StorageSchemas.Load(Path.Combine(folder, "storage-schemas.conf")) : null;
            StorageAggregation? rules = schemas is not null && File.Exists(Path.Combine(result.GetValue(conf)!, "storage-aggregation.conf"))
                ? StorageAggregation.Load(Path.Combine(result.GetValue(conf)!, "storage-aggregation.conf"))
                : null;
            RetentionPolicy? same = result.GetValue(retentions) is { } text ? RetentionPolicy.Parse(text) : null;
            return ImportAll(nodes, result, schemas, rules, same, result.GetValue(target)!);
        });
    }

    private static int ImportAll(
        (string Name, string Folder)[] nodes, ParseResult result, StorageSchemas? schemas, StorageAggregation? rules, RetentionPolicy? same, string target)
    {
        long now = Now;
        int failed = 0;
        foreach ((string name, string folder) in nodes)
        {
            try
            {
                CeresNode node = CeresNode.Open(folder);
                (AggregationMethod method, double factor) = rules?.Of(name) ?? (node.Aggregation, 0.5);
                string path = MetricPath.FileOf(target, name);
                (int written, int old) = CeresImport.Run(
                    node, path, same ?? schemas?.RetentionsOf(name) ?? CeresImport.RetentionsOf(node, now), Method(result) ?? method, result.GetValue(XFilesFactor) ?? factor, now);
                Console.WriteLine($"{name}: {written} points -> {path}{(old > 0 ? $" ({old} older than it keeps)" : "")}");
            }
            catch (Exception e) when (e is WhisperException or ArgumentException)
            {
                failed++;
                Console.Error.WriteLine($"kalmar: {name}: {e.Message}");
            }
        }

        return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
