using Kalmar.Rados.Maps;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Tests.Monitors;

/// <summary>Monitors of one cluster, with one key server.</summary>
internal sealed class FakeMonitors : IAsyncDisposable
{
    public static readonly EntityName Client = new(EntityType.Client, "admin");

    public FakeMonitors(int count = 1)
    {
        Key = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System);
        KeyServer.Set(Client, new EntityAuth(Key, new Dictionary<string, string> { ["mon"] = "allow *", ["mgr"] = "allow *" }, CephKey.Empty));
        All = [.. Enumerable.Range(0, count).Select(i => new FakeMonitor(this, ((char)('a' + i)).ToString()))];
    }

    public CephKey Key { get; }

    public CephxKeyServer KeyServer { get; } = new(TimeProvider.System);

    public Guid Fsid { get; set; } = new("aaaabbbb-cccc-dddd-eeee-ffff00001111");

    public uint Epoch { get; set; } = 3;

    public IReadOnlyList<FakeMonitor> All { get; }

    public byte[] EncodeMonMap()
    {
        var writer = new WireWriter();
        new MonMap
        {
            Fsid = Fsid,
            Epoch = new Epoch(Epoch),
            Monitors = ValueMap.Create(All.Select(m =>
                KeyValuePair.Create(m.Name, new MonInfo { Name = m.Name, Addresses = m.Listener.Addresses }))),
            Ranks = [.. All.Select(m => m.Name)],
        }.Write(writer);
        return writer.ToArray();
    }

    public MonitorClientOptions Options(params IReadOnlyList<EntityAddress> monitors) => new()
    {
        Name = Client,
        Key = Key,
        Monitors = monitors.Count > 0 ? monitors : [.. All.Select(m => m.Address)],
        AttemptStagger = TimeSpan.FromMilliseconds(20),
        MinimumBackoff = TimeSpan.FromMilliseconds(5),
        MaximumBackoff = TimeSpan.FromMilliseconds(50),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (FakeMonitor monitor in All)
        {
            await monitor.DisposeAsync();
        }
    }
}
