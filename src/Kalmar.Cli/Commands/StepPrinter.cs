using System.Diagnostics;

namespace Kalmar.Cli.Commands;

/// <summary>Prints the steps of something that takes a while on standard error, each with the seconds since the start.</summary>
internal sealed class StepPrinter : IProgress<string>
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();

    public void Report(string value)
    {
        lock (_gate)
        {
            Console.Error.WriteLine($"[{Stopwatch.GetElapsedTime(_start).TotalSeconds,5:0.0}s] {value}");
        }
    }
}
