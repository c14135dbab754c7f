using Kalmar.Sandbox;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>One <see cref="ApiHost"/> for all tests of a class, started when the first of them asks for it.</summary>
public sealed class SharedApiHost : IAsyncLifetime
{
    private ApiHost? _host;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host is null ? ValueTask.CompletedTask : _host.DisposeAsync();

    /// <summary>The host beside a cluster. Tests of one class run one after the other.</summary>
    internal async Task<ApiHost> GetAsync(SandboxCluster cluster) => _host ??= await ApiHost.StartAsync(cluster);
}
