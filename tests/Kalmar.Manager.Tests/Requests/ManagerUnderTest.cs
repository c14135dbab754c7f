using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.State;
using Kalmar.Rados;
using Kalmar.Rados.Configuration;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.Manager.Tests.Requests;

/// <summary>Kalmar's engine without its web server, beside a real cluster.</summary>
internal sealed class ManagerUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;

    private ManagerUnderTest(TemporaryFolder? folder, StateStore state, ClusterDirectory clusters, RequestService requests)
    {
        _folder = folder;
        State = state;
        Clusters = clusters;
        Requests = requests;
    }

    public static RequestActor Ada { get; } = new("ada", "192.0.2.7");

    public StateStore State { get; }

    public ClusterDirectory Clusters { get; }

    public RequestService Requests { get; }

    public ClusterMonitor Monitor => Clusters.Monitors[0];

    public ClusterSnapshot Snapshot => Monitor.Snapshot;

    public ClusterId Id => Snapshot.Id!.Value;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ManagerUnderTest> StartAsync(SandboxCluster sandbox, StateDatabase? database = null, RequestServiceOptions? options = null)
    {
        database ??= await StateSwitch.NewDatabaseAsync() is { } connection ? new PostgresDatabase(connection) : null;
        TemporaryFolder? folder = database is null ? new TemporaryFolder() : null;
        TimeProvider time = TimeProvider.System;
        StateStore state = await StateStore.OpenAsync(database ?? new SqliteDatabase(folder!.File("state.db")), time, Token);
        var arguments = new CephConnectArguments { ConfPath = sandbox.ConfPath };
        var monitor = new ClusterMonitor(
            new ClusterMonitorOptions
            {
                Name = "ceph",
                Open = async token => new RadosCluster(await CephConnectOptions.ResolveAsync(arguments, time, token)),
                StatusInterval = TimeSpan.FromSeconds(1),
            },
            time,
            NullLogger<ClusterMonitor>.Instance);
        var clusters = new ClusterDirectory([monitor]);
        var requests = new RequestService(state, clusters, options ?? new RequestServiceOptions(), time, NullLogger<RequestService>.Instance);
        var result = new ManagerUnderTest(folder, state, clusters, requests);
        clusters.Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await monitor.WaitForAsync(
            s => s is { Id: not null, OsdMap: not null, MonMap: not null, MgrMap: not null, Health: not null } && s.Contact.State == ContactState.Connected,
            limit.Token);
        await requests.StartAsync(Token);
        return result;
    }

    /// <summary>Submits a plan and waits for its end.</summary>
    public async Task<UserRequest> RunAsync(RequestPlan plan, bool force = false)
    {
        UserRequest request = await Requests.SubmitAsync(Id, plan, Ada, force, Token);
        Assert.Equal(RequestState.Submitted, request.State);
        return (await Requests.WaitAsync(request.Id, Token))!;
    }

    /// <summary>As <see cref="RunAsync"/>, and it must succeed.</summary>
    public async Task<UserRequest> SucceedAsync(RequestPlan plan, bool force = false)
    {
        UserRequest ended = await RunAsync(plan, force);
        Assert.Equal((RequestState.Complete, false, ""), (ended.State, ended.Error, ended.ErrorMessage));
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        await Requests.DisposeAsync();
        await Clusters.DisposeAsync();
        await State.DisposeAsync();
        _folder?.Dispose();
    }
}
