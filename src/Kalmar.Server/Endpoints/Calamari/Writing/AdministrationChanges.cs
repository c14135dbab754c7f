using Kalmar.Manager.Requests.Factories;
using Kalmar.Manager.State;
using Kalmar.Rados;
using Kalmar.Wire;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>What operators change beyond what Calamari had: configuration, cephx users, profiles, file systems, monitors, modules.</summary>
internal static class AdministrationChanges
{
    private const string C = "cluster/{fsid}/";

    public static void Map(ApiRoutes api)
    {
        MapConfiguration(api);
        MapUsers(api);
        MapProfilesAndFileSystems(api);
        MapDaemons(api);
        MapModules(api);
    }

    private static void MapConfiguration(ApiRoutes api)
    {
        api.Ask(C + "config_db", "mon", _ => CephCommand.Query("config dump"), "The monitors' configuration database.");
        api.Ask(C + "config_db/log", "mon", _ => CephCommand.Query("config log"), "The history of the configuration database.");
        api.Change("POST", C + "config_db", c =>
        {
            string who = c.Need("who");
            string name = c.Need("name");
            string value = c.Body.Text("value") ?? "";
            bool force = c.Body.Flag("force") ?? false;
            return new ConfigRequestFactory(c.Checked()).Set(who, name, value, force);
        }, "Sets an option in the database.", """{"who":"osd","name":"osd_max_backfills","value":"2"}""");
        api.Change("DELETE", C + "config_db/{who}/{name}", c => new ConfigRequestFactory(c.Checked()).Remove(Uri.UnescapeDataString(c.Text("who")), c.Text("name")), "Takes an option out of the database.");
        api.Change("POST", C + "config_db/reset", c =>
        {
            int version = (int)(c.Body.Number("version", 0, int.MaxValue) ?? -1);
            return new ConfigRequestFactory(c.Checked()).Reset(version);
        }, "Puts the database back to a version of its history.", """{"version":3}""");
        api.Ask(C + "daemon/{name}/config", "{name}", _ => CephCommand.Query("config show"), "The running configuration of a daemon (osd.3, mon.a).");
        api.Change("POST", C + "daemon/{name}/config", c =>
        {
            string option = c.Need("name");
            string value = c.Body.Text("value") ?? "";
            return new ConfigRequestFactory(c.Checked()).Inject(c.Text("name"), option, value);
        }, "Sets an option of a running daemon until it restarts.", """{"name":"debug_osd","value":"1/5"}""");
    }

    private static void MapUsers(ApiRoutes api)
    {
        api.Add("GET", C + "auth_user", UserRole.Superuser, AuthUsers.AllAsync).WithSummary("Cephx users and what they may do; no keys.");
        api.Change("POST", C + "auth_user", c =>
        {
            string entity = c.Need("entity");
            Dictionary<string, string> caps = c.Texts("caps") ?? [];
            return new AuthRequestFactory(c.Checked()).Create(entity, caps);
        }, "Makes a cephx user; its key is given out once at request/<id>/output.", """{"entity":"client.backup","caps":{"mon":"allow r"}}""", UserRole.Superuser);
        api.Change("PATCH", C + "auth_user/{entity}", c =>
        {
            Dictionary<string, string> caps = c.Texts("caps") ?? [];
            c.IsThere("caps");
            return new AuthRequestFactory(c.Checked()).SetCaps(c.Text("entity"), caps);
        }, "Replaces what a cephx user may do.", """{"caps":{"mon":"allow r","osd":"allow r"}}""", UserRole.Superuser);
        api.Change("DELETE", C + "auth_user/{entity}", c => new AuthRequestFactory(c.Checked()).Delete(c.Text("entity")), "Removes a cephx user.", null, UserRole.Superuser);
    }

    private static void MapProfilesAndFileSystems(ApiRoutes api)
    {
        api.Get(C + "erasure_code_profile", MapViews.Profiles).WithSummary("Erasure-code profiles.");
        api.Change("POST", C + "erasure_code_profile", c =>
        {
            string name = c.Need("name");
            Dictionary<string, string> values = c.Texts("values") ?? [];
            bool force = c.Body.Flag("force") ?? false;
            return new ErasureProfileRequestFactory(c.Checked()).Set(name, values, force);
        }, "Makes an erasure-code profile.", """{"name":"k2m1","values":{"k":"2","m":"1","crush-failure-domain":"osd"}}""");
        api.Change("DELETE", C + "erasure_code_profile/{name}", c => new ErasureProfileRequestFactory(c.Checked()).Remove(c.Text("name")), "Removes a profile that no pool uses.");
        api.Ask(C + "fs", "mon", _ => CephCommand.Query("fs ls"), "File systems.");
        api.Change("POST", C + "fs", c =>
        {
            string name = c.Need("name");
            long? metadata = c.Body.Number("metadata_pool");
            long? data = c.Body.Number("data_pool");
            c.IsThere("metadata_pool");
            c.IsThere("data_pool");
            return new FileSystemRequestFactory(c.Checked()).Create(name, new PoolId(metadata ?? 0), new PoolId(data ?? 0));
        }, "Makes a file system of two pools.", """{"name":"home","metadata_pool":3,"data_pool":4}""");
        api.Change("PATCH", C + "fs/{name}", c =>
        {
            string variable = c.Need("variable");
            string value = c.Need("value");
            return new FileSystemRequestFactory(c.Checked()).Set(c.Text("name"), variable, value);
        }, "Sets one of a file system's values.", """{"variable":"max_mds","value":"2"}""");
        api.Change("DELETE", C + "fs/{name}", c => new FileSystemRequestFactory(c.Checked()).Remove(c.Text("name")), "Removes a file system; its pools stay.");
        api.Change("POST", C + "fs/{name}/fail", c => new FileSystemRequestFactory(c.Checked()).Fail(c.Text("name")), "Takes a file system down at once.");
        api.Change("POST", C + "fs/{name}/data_pool/{pool:long}", c => new FileSystemRequestFactory(c.Checked()).SetDataPool(c.Text("name"), c.Pool("pool"), remove: false), "Gives a file system a further data pool.");
        api.Change("DELETE", C + "fs/{name}/data_pool/{pool:long}", c => new FileSystemRequestFactory(c.Checked()).SetDataPool(c.Text("name"), c.Pool("pool"), remove: true), "Takes a data pool away from a file system.");
        api.Change("POST", C + "mds/{role}/fail", c => new FileSystemRequestFactory(c.Checked()).FailMds(c.Text("role")), "Fails a metadata server; a standby takes over.");
    }

    private static void MapDaemons(ApiRoutes api)
    {
        api.Change("POST", C + "mon", c =>
        {
            string name = c.Need("name");
            string address = c.Need("addr");
            return new MonitorRequestFactory(c.Checked()).Add(name, address);
        }, "Adds a monitor to the map.", """{"name":"d","addr":"192.0.2.4"}""");
        api.Change("DELETE", C + "mon/{name}", c => new MonitorRequestFactory(c.Checked()).Remove(c.Text("name")), "Takes a monitor out of the map; asks first whether the quorum stands without it.");
        api.Change("POST", C + "mgr/{name}/fail", c => new MonitorRequestFactory(c.Checked()).FailManager(c.Text("name")), "Lets a manager step down.");
        api.Ask(C + "mgr_module", "mon", _ => CephCommand.Query("mgr module ls"), "The manager's modules.");
        api.Change("PATCH", C + "mgr_module/{module}", c =>
        {
            bool enable = c.Body.Flag("enable") ?? true;
            return new MonitorRequestFactory(c.Checked()).SetModule(c.Text("module"), enable);
        }, "Switches a manager's module on or off.", """{"enable":true}""");
        api.Change("POST", C + "health/{code}/mute", c =>
        {
            string? ttl = c.Body.Text("ttl");
            bool sticky = c.Body.Flag("sticky") ?? false;
            return new MonitorRequestFactory(c.Checked()).MuteHealth(c.Text("code"), ttl, sticky);
        }, "Mutes a health check.", """{"ttl":"4h"}""");
        api.Change("DELETE", C + "health/{code}/mute", c => new MonitorRequestFactory(c.Checked()).UnmuteHealth(c.Text("code")), "Unmutes a health check.");
    }

    private static void MapModules(ApiRoutes api)
    {
        api.Ask(C + "crash", "mgr", _ => CephCommand.Query("crash ls"), "Crash reports.");
        api.Ask(C + "crash/{id}", "mgr", c => CephCommand.Query("crash info").With("id", c.Request.RouteValues["id"]!.ToString()!), "A crash report.");
        api.Change("POST", C + "crash/archive", c =>
        {
            string? id = c.Body.Text("id");
            return new ModuleRequestFactory(c.Checked()).ArchiveCrash(id);
        }, "Marks a crash report as seen; without an id all of them.", """{"id":"2026-11-21T10:00:00.000000Z_uuid"}""");
        api.Change("POST", C + "crash/prune", c =>
        {
            int days = (int)(c.Body.Number("days", 0, int.MaxValue) ?? 0);
            c.IsThere("days");
            return new ModuleRequestFactory(c.Checked()).PruneCrashes(days);
        }, "Removes crash reports that are older than some days.", """{"days":30}""");
        api.Change("DELETE", C + "crash/{id}", c => new ModuleRequestFactory(c.Checked()).RemoveCrash(c.Text("id")), "Removes a crash report.");
        api.Ask(C + "balancer", "mgr", _ => CephCommand.Query("balancer status"), "The balancer.");
        api.Change("PATCH", C + "balancer", c =>
        {
            bool? enable = c.Body.Flag("enable");
            string? mode = c.Body.Text("mode");
            return new ModuleRequestFactory(c.Checked()).SetBalancer(enable, mode);
        }, "Switches the balancer or chooses its mode.", """{"enable":true,"mode":"upmap"}""");
    }
}
