using Kalmar.Collectors.Hosts;

namespace Kalmar.Collectors.Tests;

/// <summary>A host whose files are in a folder of the test, and whose clock goes when it is told to.</summary>
public abstract class HostCollectorTestBase : IDisposable
{
    protected const string Branch = "servers.h";

    protected ManualTime Time { get; } = new();

    protected ListSink Sink { get; } = new();

    protected TestFolder Proc { get; } = new();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Proc.Dispose();
    }

    protected HostCollectorOptions Options() => new() { ProcRoot = Proc.Path };

    protected async Task ReadTwice(ICollector collector)
    {
        await Read(collector, "6.18/t0");
        Proc.CopyFrom(TestData.Proc("6.18/t1"));
        await Later(collector, 10);
    }

    protected async Task Read(ICollector collector, string kernel)
    {
        Proc.CopyFrom(TestData.Proc(kernel));
        await Run(collector);
    }

    protected async Task Later(ICollector collector, double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Sink.Clear();
        await Run(collector);
    }

    protected Task Run(ICollector collector) => collector.CollectAsync(Sink, Time.GetUtcNow(), TestContext.Current.CancellationToken);
}
