using System.Text.Json;
using Kalmar.Rados.Configuration;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Monitors;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Maps;

/// <summary>Maps as a running cluster sends them, against what <c>ceph</c> prints of them.</summary>
[Collection("cluster")]
public sealed class RealClusterMapTests(CephClusterFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MonMap_is_what_ceph_dumps()
    {
        await using RadosCluster cluster = await ConnectAsync();
        byte[] bytes = (await cluster.Monitors.FetchAsync(SubscriptionNames.MonMap, Token)).As<MMonMap>().Map.ToArray();
        MonMap map = EncodingCheck.Decode<MonMap>(bytes, "monmap");
        Assert.Equal(bytes, EncodingCheck.Encode(map));
        using JsonDocument dump = await DumpAsync("mon", "dump");
        Assert.Equal(dump.RootElement.GetProperty("fsid").GetGuid(), map.Fsid);
        Assert.Equal(dump.RootElement.GetProperty("epoch").GetUInt32(), map.Epoch.Value);
        Assert.Equal(dump.RootElement.GetProperty("min_mon_release").GetInt32(), (int)map.MinMonRelease);
        Assert.Equal(dump.RootElement.GetProperty("election_strategy").GetInt32(), (int)map.Strategy);
        JsonElement[] mons = [.. dump.RootElement.GetProperty("mons").EnumerateArray()];
        Assert.Equal(mons.Select(m => m.GetProperty("name").GetString()), map.ByRank.Select(m => m.Name));
        Assert.Equal(
            mons.Select(m => m.GetProperty("public_addrs").GetProperty("addrvec")[0].GetProperty("addr").GetString()),
            map.ByRank.Select(m => m.Addresses.Addresses[0].EndPoint!.ToString()));
    }

    [Fact]
    public async Task MgrMap_is_what_ceph_dumps()
    {
        await using RadosCluster cluster = await ConnectAsync();
        byte[] bytes = (await cluster.Monitors.FetchAsync(SubscriptionNames.MgrMap, Token)).As<MMgrMap>().Map.ToArray();
        MgrMap map = EncodingCheck.Decode<MgrMap>(bytes, "mgrmap");
        Assert.Equal(bytes, EncodingCheck.Encode(map));
        using JsonDocument dump = await DumpAsync("mgr", "dump", $"{map.Epoch}");
        JsonElement root = dump.RootElement;
        Assert.Equal(root.GetProperty("active_gid").GetUInt64(), map.ActiveGid);
        Assert.Equal(root.GetProperty("active_name").GetString(), map.ActiveName);
        Assert.Equal(root.GetProperty("available").GetBoolean(), map.IsAvailable);
        Assert.Equal(Strings(root.GetProperty("modules")), map.EnabledModules);
        Assert.Equal(root.GetProperty("active_mgr_features").GetUInt64(), map.ActiveFeatures);
        Assert.Equal(root.GetProperty("last_failure_osd_epoch").GetUInt32(), map.LastFailureOsdEpoch.Value);
        Assert.Equal(
            root.GetProperty("available_modules").EnumerateArray().Select(m => (m.GetProperty("name").GetString(), m.GetProperty("module_options").EnumerateObject().Count())),
            map.AvailableModules.Select(m => ((string?)m.Name, m.Options.Count)));
        Assert.Equal(
            root.GetProperty("always_on_modules").EnumerateObject().Select(r => string.Join(',', Strings(r.Value))),
            map.AlwaysOnModules.Values.Select(m => string.Join(',', m)));
    }

    [Fact]
    public async Task OsdMap_places_every_pg_where_the_cluster_has_it()
    {
        await using RadosCluster cluster = await ConnectAsync();
        string pool = $"maps{Guid.NewGuid():n}";
        await fixture.CephAsync("osd", "pool", "create", pool, "32", "32");
        try
        {
            await Eventually.TrueAsync("all PGs are active and the manager has told so for the newest map", () => IsPlacedAsync(cluster, pool));
        }
        finally
        {
            await fixture.CephAsync("osd", "pool", "rm", pool, pool, "--yes-i-really-really-mean-it");
        }
    }

    [Fact]
    public async Task Incrementals_that_a_cluster_sends_give_maps_with_its_checksums()
    {
        await using RadosCluster cluster = await ConnectAsync();
        using MonitorSubscription maps = cluster.Monitors.Subscribe(SubscriptionNames.OsdMap);
        OsdMap map = Full((await maps.Messages.ReadAsync(Token)).As<MOsdMap>());
        Epoch first = map.Epoch;
        string pool = $"maps{Guid.NewGuid():n}";
        string[][] changes =
        [
            ["osd", "pool", "create", pool, "8"], ["osd", "set", "noscrub"], ["osd", "unset", "noscrub"],
            ["osd", "primary-affinity", "1", "0.5"], ["osd", "primary-affinity", "1", "1"],
            ["osd", "blocklist", "add", "192.0.2.1:0/7", "60"], ["osd", "blocklist", "rm", "192.0.2.1:0/7"],
            ["osd", "pool", "mksnap", pool, "one"], ["osd", "pool", "rmsnap", pool, "one"],
            ["osd", "pool", "rm", pool, pool, "--yes-i-really-really-mean-it"],
        ];
        foreach (string[] change in changes)
        {
            await fixture.CephAsync(change);
        }

        (ulong newest, _) = await cluster.Monitors.GetVersionAsync("osdmap", Token);
        int applied = 0;
        while (map.Epoch.Value < newest)
        {
            MOsdMap message = (await maps.Messages.ReadAsync(Token)).As<MOsdMap>();
            foreach ((_, ReadOnlyMemory<byte> bytes) in message.Incrementals.OrderBy(i => i.Key).Where(i => i.Key > map.Epoch))
            {
                OsdMapUpdate update = map.Apply(EncodingCheck.Decode<OsdMapIncremental>(bytes.ToArray(), "incremental"));
                Assert.True(update.IsApplied, $"epoch {map.Epoch.Value + 1}: {update.Outcome}");
                map = update.Map;
                applied++;
            }
        }

        Assert.True(applied >= changes.Length, $"{applied} incrementals since epoch {first}");
        using var folder = new TemporaryFolder();
        await fixture.CephAsync("osd", "getmap", $"{map.Epoch}", "-o", folder.File("osdmap"));
        Assert.Equal(EncodingCheck.Decode<OsdMap>(await File.ReadAllBytesAsync(folder.File("osdmap"), Token), "full map"), map);
    }

    private static OsdMap Full(MOsdMap message) =>
        EncodingCheck.Decode<OsdMap>(message.FullMaps.MaxBy(m => m.Key).Value.ToArray(), "full map");

    private static IEnumerable<string> Strings(JsonElement json) => json.EnumerateArray().Select(s => s.GetString()!);

    private static ValueList<OsdId> Osds(JsonElement json) => [.. json.EnumerateArray().Select(o => new OsdId(o.GetInt32()))];

    private async Task<bool> IsPlacedAsync(RadosCluster cluster, string pool)
    {
        OsdMap map = Full((await cluster.Monitors.FetchAsync(SubscriptionNames.OsdMap, Token)).As<MOsdMap>());
        var mapper = new PgMapper(map);
        using JsonDocument dump = await DumpAsync("pg", "dump", "pgs_brief");
        JsonElement[] pgs = [.. dump.RootElement.GetProperty("pg_stats").EnumerateArray()];
        PoolId id = map.FindPool(pool)!.Value;
        int seen = 0;
        foreach (JsonElement json in pgs)
        {
            Assert.True(PgId.TryParse(json.GetProperty("pgid").GetString()!, out PgId pg));
            PgMapping mapping = mapper.MapPg(pg);
            if (!json.GetProperty("state").GetString()!.StartsWith("active", StringComparison.Ordinal)
                || !Osds(json.GetProperty("up")).Equals(mapping.Up)
                || !Osds(json.GetProperty("acting")).Equals(mapping.Acting)
                || json.GetProperty("up_primary").GetInt32() != mapping.UpPrimary.Value
                || json.GetProperty("acting_primary").GetInt32() != mapping.ActingPrimary.Value)
            {
                return false;
            }

            seen += pg.Pool == id ? 1 : 0;
        }

        return seen == 32;
    }

    private async Task<JsonDocument> DumpAsync(params string[] command) => JsonDocument.Parse(await fixture.CephAsync([.. command, "-f", "json"]));

    private async Task<RadosCluster> ConnectAsync() => await RadosCluster.ConnectAsync(
        await CephConnectOptions.ResolveAsync(new CephConnectArguments { ConfPath = (await fixture.GetAsync()).ConfPath }, TimeProvider.System, Token),
        null,
        Token);
}
