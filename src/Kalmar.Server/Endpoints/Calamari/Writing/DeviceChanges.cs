using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Rados;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Devices and their health: commands of the manager and its devicehealth module.</summary>
internal static class DeviceChanges
{
    private const string D = "cluster/{fsid}/device";

    public static void Map(ApiRoutes api)
    {
        api.Ask(D, "mgr", _ => CephCommand.Query("device ls"), "Devices, who uses them and how long they are expected to live.");
        api.Ask(D + "/{device}", "mgr", c => CephCommand.Query("device info").With("devid", c.Route("device")), "A device.");
        api.Ask(
            D + "/{device}/health", "mgr", c => CephCommand.Query("device get-health-metrics").With("devid", c.Route("device")).WithQuery(c, "sample"),
            "What a device told of its health (SMART), by the time of the scrape; ?sample=TIME for one of them.");
        api.Ask(D + "_light", "mgr", _ => CephCommand.Query("device ls-lights"), "The lights that are on.");
        api.Ask(
            "cluster/{fsid}/daemon/{name}/device", "mgr", c => CephCommand.Query("device ls-by-daemon").With("who", c.Route("name")), "The devices of a daemon (osd.3, mon.a).");
        api.Change("PATCH", D + "/{device}", Light, "Switches a device's light; needs an orchestrator that can.", """{"light":"ident","enable":true}""");
        api.Change("POST", D + "/{device}/life_expectancy", c =>
        {
            string from = c.Need("from");
            string to = c.Need("to");
            return new ModuleRequestFactory(c.Checked()).SetDeviceLifeExpectancy(c.Text("device"), from, to);
        }, "Notes when a device is expected to fail: not before, not after.", """{"from":"2027-01-01","to":"2027-06-01"}""");
        api.Change(
            "DELETE", D + "/{device}/life_expectancy", c => new ModuleRequestFactory(c.Checked()).SetDeviceLifeExpectancy(c.Text("device"), null, null),
            "Takes the note of a device's expected life back.");
        api.Change("PATCH", D + "_monitoring", c =>
        {
            bool? enable = c.Body.Flag("enable");
            c.IsThere("enable");
            return new ModuleRequestFactory(c.Checked()).SetDeviceMonitoring(enable ?? true);
        }, "Switches the watching of devices' health on or off.", """{"enable":true}""");
    }

    private static RequestPlan Light(Change c)
    {
        string light = c.Need("light");
        bool enable = c.Body.Flag("enable") ?? true;
        return new ModuleRequestFactory(c.Checked()).SetDeviceLight(c.Text("device"), light, enable);
    }
}
