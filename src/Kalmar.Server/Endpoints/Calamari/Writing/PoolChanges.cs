using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Makes, changes and removes pools, and gives commands to placement groups.</summary>
internal static class PoolChanges
{
    private const string C = "cluster/{fsid}/";

    public static void Map(ApiRoutes api)
    {
        api.Change("POST", C + "pool", CreateAsync, "Makes a pool.", """{"name":"data","pg_num":32}""");
        api.Change("PATCH", C + "pool/{id:long}", UpdateAsync, "Changes a pool; pg_num grows in blocks.", """{"pg_num":64}""");
        api.Change("DELETE", C + "pool/{id:long}", c => new PoolRequestFactory(c.Checked()).Delete(c.Pool(), c.Query("name")), "Removes a pool and all its data.");
        api.Change("POST", C + "pool/{id:long}/application", Application, "Says what a pool is for, or takes it back.", """{"application":"rbd","enable":true}""");
        api.Change("POST", C + "pool/{id:long}/snapshot", c => Snapshot(c, c.Need("name"), false), "Makes a snapshot of a pool.", """{"name":"monday"}""");
        api.Change("DELETE", C + "pool/{id:long}/snapshot/{name}", c => Snapshot(c, c.Text("name"), true), "Removes a snapshot of a pool.");
        api.Change("POST", C + "pool/{id:long}/tier", AddTier, "Puts a cache before a pool.", """{"cache_pool":5,"mode":"writeback"}""");
        api.Change("DELETE", C + "pool/{id:long}/tier/{cache:long}", c => new CacheTierRequestFactory(c.Checked()).Remove(c.Pool(), c.Pool("cache")), "Takes a cache away.");
        api.Change(
            "POST", C + "pool/{id:long}/pg/{pgid}/command/{command}", c => new PgRequestFactory(c.Checked()).Command(c.Pool(), c.Text("pgid"), c.Text("command")),
            "Scrubs, deep-scrubs or repairs a placement group.");
    }

    private static async Task<RequestPlan> CreateAsync(Change c)
    {
        string? name = c.Body.Text("name");
        long? pgs = c.Body.Number("pg_num", 1, uint.MaxValue);
        foreach (string field in new[] { "name", "pg_num" }.Where(f => !c.Body.Has(f)))
        {
            c.Body.Problem(field, "Required during POST");
        }

        string? type = c.Body.Text("type");
        if (type is not (null or "replicated" or "erasure"))
        {
            c.Body.Problem("type", "must be replicated or erasure");
        }

        PoolSpec spec = new()
        {
            Name = name ?? "",
            PgNum = (uint)(pgs ?? 1),
            PgpNum = (uint?)c.Body.Number("pgp_num", 1, uint.MaxValue),
            IsErasure = type == "erasure",
            ErasureCodeProfile = c.Body.Text("erasure_code_profile"),
            CrushRule = Rule(c),
            Size = (int?)c.Body.Number("size", 1, 255),
            MinSize = (int?)c.Body.Number("min_size", 0, 255),
            QuotaMaxBytes = (ulong?)c.Body.Number("quota_max_bytes"),
            QuotaMaxObjects = (ulong?)c.Body.Number("quota_max_objects"),
            Application = c.Body.Text("application"),
            Settings = Settings(c),
        };
        return new PoolRequestFactory(c.Checked(), await LimitsAsync(c)).Create(spec);
    }

    private static async Task<RequestPlan> UpdateAsync(Change c)
    {
        PoolChange change = new()
        {
            Name = c.Body.Text("name"),
            PgNum = (uint?)c.Body.Number("pg_num", 1, uint.MaxValue),
            PgpNum = (uint?)c.Body.Number("pgp_num", 1, uint.MaxValue),
            CrushRule = Rule(c),
            Size = (int?)c.Body.Number("size", 1, 255),
            MinSize = (int?)c.Body.Number("min_size", 0, 255),
            QuotaMaxBytes = (ulong?)c.Body.Number("quota_max_bytes"),
            QuotaMaxObjects = (ulong?)c.Body.Number("quota_max_objects"),
            Settings = Settings(c),
        };
        return new PoolRequestFactory(c.Checked(), await LimitsAsync(c)).Update(c.Pool(), change);
    }

    // Calamari's name, and today's.
    private static int? Rule(Change c) => (int?)(c.Body.Number("crush_ruleset", 0, 255) ?? c.Body.Number("crush_rule", 0, 255));

    // What Calamari had as fields is a setting today; a client that sends back what it read sends these too.
    private static Dictionary<string, string> Settings(Change c)
    {
        Dictionary<string, string> settings = c.Texts("settings") ?? [];
        if (c.Body.Flag("hashpspool") is { } hash)
        {
            settings["hashpspool"] = hash ? "1" : "0";
        }

        if (c.Body.Number("crash_replay_interval") is > 0)
        {
            c.Body.Problem("crash_replay_interval", "no longer exists in Ceph; leave it out or send 0");
        }

        foreach (string readOnly in new[] { "id", "full" })
        {
            c.Body.Has(readOnly);
        }

        return settings;
    }

    /// <summary>What the monitors' configuration says of PGs; Ceph's defaults and ours where it says nothing.</summary>
    private static async Task<PgLimits> LimitsAsync(Change c)
    {
        PgLimits limits = new() { MaxSplitCount = (uint)c.Server.NewPgsPerOsd };
        if (!c.Body.Has("pg_num"))
        {
            return limits;
        }

        IReadOnlyList<ConfigResource> settings = await ClusterEndpoints.SettingsAsync(c.Cluster, c.Questions, c.Aborted);
        return new PgLimits(Setting("mon_max_pool_pg_num", limits.MaxPoolPgNum), Setting("mon_osd_max_split_count", limits.MaxSplitCount));

        uint Setting(string key, uint standard) =>
            settings.FirstOrDefault(s => s.Key == key) is { } found && uint.TryParse(found.Value, System.Globalization.CultureInfo.InvariantCulture, out uint value) && value > 0 ? value : standard;
    }

    private static RequestPlan Application(Change c)
    {
        string application = c.Need("application");
        bool enable = c.Body.Flag("enable") ?? true;
        return new PoolRequestFactory(c.Checked()).SetApplication(c.Pool(), application, enable);
    }

    private static RequestPlan Snapshot(Change c, string name, bool remove) => new PoolRequestFactory(c.Checked()).SetSnapshot(c.Pool(), name, remove);

    private static RequestPlan AddTier(Change c)
    {
        long? cache = c.Body.Number("cache_pool");
        if (cache is null)
        {
            c.Body.Problem("cache_pool", "This field is required");
        }

        string mode = c.Body.Text("mode") ?? "writeback";
        bool force = c.Body.Flag("allow_non_empty") ?? false;
        return new CacheTierRequestFactory(c.Checked()).Add(c.Pool(), new PoolId(cache ?? 0), mode, force);
    }
}
