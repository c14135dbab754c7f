using System.Globalization;
using System.Net;
using System.Text.Json;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Daemons;

/// <summary>
/// Knows where the daemons of a cluster are. What it is not told through <see cref="Learn(OsdMap)"/> it asks the monitors for, when it is
/// needed, and again when it proved wrong. Thread-safe.
/// </summary>
public sealed class DaemonLocator : IDisposable
{
    private readonly MonitorClient _monitors;
    private readonly SemaphoreSlim _asking = new(1);
    private MonitorSubscription? _mgrMaps;
    private MgrMap? _mgrMap;
    private OsdMap? _osdMap;

    /// <summary>Prepares a locator.</summary>
    /// <param name="monitors">Who to ask.</param>
    public DaemonLocator(MonitorClient monitors)
    {
        ArgumentNullException.ThrowIfNull(monitors);
        _monitors = monitors;
    }

    /// <summary>Takes a newer map of the OSDs, from who follows it anyway; an older one than is known is passed over.</summary>
    /// <param name="map">The map.</param>
    public void Learn(OsdMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        OsdMap? known = Volatile.Read(ref _osdMap);
        while (known is null || map.Epoch > known.Epoch)
        {
            OsdMap? before = Interlocked.CompareExchange(ref _osdMap, map, known);
            if (ReferenceEquals(before, known))
            {
                return;
            }

            known = before;
        }
    }

    /// <summary>Where the active manager is.</summary>
    /// <param name="refresh">True to ask again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConnectionException">No manager is active.</exception>
    public async ValueTask<EntityAddress> FindActiveMgrAsync(bool refresh, CancellationToken cancellationToken = default)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Subscribed for good: a manager that is replaced is replaced without a word to its clients.
            _mgrMaps ??= _monitors.Subscribe(SubscriptionNames.MgrMap, capacity: 4);
            if (refresh)
            {
                _mgrMap = null;
                _mgrMaps.Restart();
            }

            while (_mgrMaps.Messages.TryRead(out RawMessage? message))
            {
                _mgrMap = Read(message);
            }

            _mgrMap ??= Read(await _mgrMaps.Messages.ReadAsync(cancellationToken).ConfigureAwait(false));
            return _mgrMap is { IsAvailable: true, ActiveAddresses.Msgr2: { } address }
                ? address
                : throw new CephConnectionException("no manager is active in the cluster: see 'ceph mgr stat'");
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Where an OSD is.</summary>
    /// <param name="osd">Which one.</param>
    /// <param name="refresh">True to ask again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConnectionException">It is down or does not exist.</exception>
    public async ValueTask<EntityAddress> FindOsdAsync(OsdId osd, bool refresh, CancellationToken cancellationToken = default)
    {
        OsdMap? map = Volatile.Read(ref _osdMap);
        if (refresh || map is null || !map.IsUp(osd))
        {
            map = await RefreshOsdMapAsync(map, cancellationToken).ConfigureAwait(false);
        }

        if (!map.IsUp(osd))
        {
            throw new CephConnectionException($"{osd} {(map.Exists(osd) ? "is down" : "does not exist")} (OSD map {map.Epoch})");
        }

        return map.ClientAddresses[osd.Value].Msgr2 ?? throw new CephConnectionException($"{osd} has no address of messenger 2");
    }

    /// <summary>Where a monitor is.</summary>
    /// <param name="name">Its name, without <c>mon.</c></param>
    /// <exception cref="CephConnectionException">The map of the monitors does not have it.</exception>
    public EntityAddress FindMon(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        MonMap map = _monitors.MonMap ?? throw new CephConnectionException("the monitors are not known yet");
        return map.Monitors.Values.FirstOrDefault(m => m.Name == name)?.Addresses.Msgr2
            ?? throw new CephConnectionException($"there is no mon.{name}: the cluster has {string.Join(", ", map.Monitors.Values.Select(m => m.Name))}");
    }

    /// <summary>Where a metadata server is.</summary>
    /// <param name="name">Its name, without <c>mds.</c></param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CephConnectionException">It does not run.</exception>
    public async ValueTask<EntityAddress> FindMdsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        CommandResult result = await _monitors.CommandAsync(CephCommand.Query("fs dump"), cancellationToken: cancellationToken).ConfigureAwait(false);
        using JsonDocument dump = result.ToJson();
        IEnumerable<JsonElement> active = dump.RootElement.TryGetProperty("filesystems", out JsonElement systems)
            ? systems.EnumerateArray().SelectMany(f => f.GetProperty("mdsmap").GetProperty("info").EnumerateObject()).Select(i => i.Value)
            : [];
        IEnumerable<JsonElement> standby = dump.RootElement.TryGetProperty("standbys", out JsonElement waiting) ? waiting.EnumerateArray() : [];
        foreach (JsonElement mds in active.Concat(standby))
        {
            if (mds.GetProperty("name").ValueEquals(name))
            {
                return ReadAddress(mds.GetProperty("addrs")) ?? throw new CephConnectionException($"mds.{name} has no address of messenger 2");
            }
        }

        throw new CephConnectionException($"there is no mds.{name} in the cluster: see 'ceph fs dump'");
    }

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        _mgrMaps?.Dispose();
        _asking.Dispose();
    }

    private static EntityAddress? ReadAddress(JsonElement addrs)
    {
        foreach (JsonElement address in addrs.GetProperty("addrvec").EnumerateArray())
        {
            if (address.GetProperty("type").ValueEquals("v2")
                && IPEndPoint.TryParse(address.GetProperty("addr").GetString() ?? "", out IPEndPoint? endPoint))
            {
                uint nonce = uint.Parse(address.GetProperty("nonce").GetRawText(), CultureInfo.InvariantCulture);
                return new EntityAddress(EntityAddressType.Msgr2, nonce, endPoint);
            }
        }

        return null;
    }

    private static MgrMap Read(RawMessage message)
    {
        var reader = new WireReader(message.As<MMgrMap>().Map.Span, "MgrMap");
        return MgrMap.Read(ref reader);
    }

    private async Task<OsdMap> RefreshOsdMapAsync(OsdMap? stale, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Many commands may find out at the same time that the map is old: one of them asks.
            if (Volatile.Read(ref _osdMap) is { } newer && newer != stale && (stale is null || newer.Epoch > stale.Epoch))
            {
                return newer;
            }

            // A version is cheap to ask for, a map is not: an OSD that is down must not cost a map with each question.
            (ulong newest, _) = await _monitors.GetVersionAsync(SubscriptionNames.OsdMap, cancellationToken).ConfigureAwait(false);
            if (stale is not null && newest <= stale.Epoch.Value)
            {
                return stale;
            }

            MOsdMap message = (await _monitors.FetchAsync(SubscriptionNames.OsdMap, cancellationToken).ConfigureAwait(false)).As<MOsdMap>();
            if (message.FullMaps.Count == 0)
            {
                throw new CephProtocolException("the monitor sent no full OSD map");
            }

            var reader = new WireReader(message.FullMaps.MaxBy(m => m.Key).Value.Span, "OSDMap");
            Learn(OsdMap.Read(ref reader));
            return Volatile.Read(ref _osdMap)!;
        }
        finally
        {
            _asking.Release();
        }
    }
}
