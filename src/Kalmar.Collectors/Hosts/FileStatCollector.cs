namespace Kalmar.Collectors.Hosts;

/// <summary><c>files.{assigned,unused,max}</c>: file handles of the whole machine. From <c>/proc/sys/fs/file-nr</c>.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
public sealed class FileStatCollector(string hostBranch, HostCollectorOptions options) : HostCollector("files", "files", hostBranch, options)
{
    private protected override void Collect(HostSamples samples)
    {
        if (Proc.ReadFields("sys/fs/file-nr").FirstOrDefault() is not [var first, var second, var third]
            || !TryU64(first, out ulong assigned)
            || !TryU64(second, out ulong unused)
            || !TryU64(third, out ulong max))
        {
            throw new CollectorException($"{Options.ProcRoot}/sys/fs/file-nr is not three numbers");
        }

        samples.Add("assigned", assigned);
        samples.Add("unused", unused);
        samples.Add("max", max);
    }
}
