using Kalmar.Sandbox;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Testing;

/// <summary>
/// One real cluster (1 monitor, 1 manager, 3 OSDs), shared by all tests of an assembly and started when the first of them asks for it. Declare it once
/// in the test project, <c>[assembly: AssemblyFixture(typeof(CephClusterFixture))]</c>, and take it as a constructor's parameter. Without Ceph the test fails.
/// A test that breaks something must put it back before it ends.
/// </summary>
public class CephClusterFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim _once = new(1);
    private TemporaryFolder? _folder;
    private SandboxCluster? _cluster;
    private Exception? _failed;

    /// <summary>The sandbox, started on the first call; its <see cref="SandboxCluster.ConfPath"/> is all that a client needs.</summary>
    /// <exception cref="SandboxException">It could not be started; each later call says so again at once.</exception>
    public async Task<SandboxCluster> GetAsync()
    {
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_failed is not null)
            {
                throw new InvalidOperationException($"the shared cluster could not be started: {_failed.Message}", _failed);
            }

            return _cluster ??= await StartAsync();
        }
        catch (SandboxException e)
        {
            _failed = e;
            throw;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Runs <c>ceph -c CONF …</c> against the cluster; asserts that it succeeds; returns its standard output.</summary>
    /// <param name="arguments">The command, for example <c>"osd", "dump", "-f", "json"</c>.</param>
    public async Task<string> CephAsync(params IReadOnlyList<string> arguments)
    {
        SandboxCluster cluster = await GetAsync();
        return await RealTool.RunAsync("ceph", ["-c", cluster.ConfPath, .. arguments]);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_folder is not null && SandboxCluster.Exists(_folder.File("c")))
        {
            SandboxCluster cluster = await SandboxCluster.OpenAsync(_folder.File("c"));
            await cluster.DestroyAsync();
        }

        _folder?.Dispose();
        _once.Dispose();
    }

    /// <summary>What the cluster is made of.</summary>
    /// <param name="folder">Where it shall live.</param>
    protected virtual SandboxOptions Options(string folder) => new()
    {
        Folder = folder,
        QuickFailureDetection = true,
        Settings = new Dictionary<string, string> { ["osd pool default pg autoscale mode"] = "off" },
    };

    /// <summary>What runs Ceph's programs.</summary>
    protected virtual Task<IToolRunner> RunnerAsync() => Task.FromResult<IToolRunner>(new ToolRunner(TimeProvider.System));

    private async Task<SandboxCluster> StartAsync()
    {
        _folder = new TemporaryFolder(LeftOverClusters.Prefix);
        LeftOverClusters.Claim(_folder);
        await LeftOverClusters.SweepAsync();
        SandboxCluster cluster = await SandboxCluster.CreateAsync(Options(_folder.File("c")), await RunnerAsync());
        await cluster.StartAsync();
        return cluster;
    }
}
