namespace Kalmar.Collectors.Hosts;

/// <summary><c>uptime.minutes</c> and <c>uptime.seconds</c> since the machine was started.</summary>
/// <param name="hostBranch">The host's branch.</param>
/// <param name="options">Where the file is.</param>
public sealed class UptimeCollector(string hostBranch, HostCollectorOptions options) : HostCollector("uptime", "uptime", hostBranch, options)
{
    private protected override void Collect(HostSamples samples)
    {
        if (Proc.ReadFields("uptime").FirstOrDefault() is not [var text, ..] || !TryReal(text, out double seconds))
        {
            throw new CollectorException($"{Options.ProcRoot}/uptime does not begin with a number");
        }

        samples.Add("minutes", seconds / 60);
        samples.Add("seconds", seconds);
    }
}
