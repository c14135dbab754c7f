using Kalmar.Sandbox.Layout;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>Sandboxes that are made at the same moment get different ports.</summary>
public sealed class PortRegistryTests
{
    [Fact]
    public async Task Blocks_taken_at_the_same_time_do_not_overlap()
    {
        using TemporaryFolder folder = new();
        (int BasePort, int DaemonPort)[] blocks = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PortRegistry.TakeAsync(folder.File($"{i}"), TimeProvider.System, TestContext.Current.CancellationToken)));
        Assert.Equal(20, blocks.Select(b => b.BasePort).Distinct().Count());
        Assert.All(blocks, b => Assert.InRange(b.BasePort, 20000, 31990));
        Assert.All(blocks, b => Assert.InRange(b.DaemonPort, 12000, 20000 - PortRegistry.DaemonPorts));
    }
}
