using Kalmar.Manager.Requests.Factories;
using Kalmar.Rados;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>RBD images as far as Ceph's commands reach: the manager's rbd_support module.</summary>
internal static class ImageChanges
{
    private const string R = "cluster/{fsid}/rbd/";

    private const string NoImages =
        "no command of Ceph's lists or makes RBD images: the rbd tool does that by reading and writing objects of the pool, which Kalmar does not do; "
        + "rbd/task, rbd/perf, rbd/trash_purge_schedule and rbd/mirror_snapshot_schedule are there";

    public static void Map(ApiRoutes api)
    {
        api.Absent(R + "image", NoImages, "RBD images: 501, and why.");
        api.Ask(
            R + "perf", "mgr", c => CephCommand.Query("rbd perf image stats").WithQuery(c, "pool", "pool_spec").WithQuery(c, "sort_by"),
            "Operations, bytes and latency of the images in use; ?pool=POOL[/NAMESPACE], ?sort_by=write_ops|write_bytes|write_latency|read_ops|read_bytes|read_latency. The first answer begins the counting.");
        api.Ask(R + "task", "mgr", _ => CephCommand.Query("rbd task list"), "Long tasks on RBD images.");
        api.Change("POST", R + "task", c =>
        {
            string task = c.Need("task");
            string image = c.Need("image");
            return new ModuleRequestFactory(c.Checked()).AddRbdTask(task, image);
        }, "Starts a long task on an RBD image: flatten, remove, trash remove, migration execute|commit|abort.", """{"task":"flatten","image":"rbd/disk1"}""");
        api.Change("DELETE", R + "task/{id}", c => new ModuleRequestFactory(c.Checked()).CancelRbdTask(c.Text("id")), "Cancels a task on an RBD image.");
        MapSchedule(api, "trash_purge", "trash purge", "When the trash of pools is emptied");
        MapSchedule(api, "mirror_snapshot", "mirror snapshot", "When mirrored images get a snapshot");
    }

    private static void MapSchedule(ApiRoutes api, string path, string what, string summary)
    {
        path = $"{R}{path}_schedule";
        api.Ask(path, "mgr", c => CephCommand.Query($"rbd {what} schedule list").With("level_spec", c.Request.Query["level"].ToString()), $"{summary}; ?level=POOL/ for one pool.");
        api.Ask(
            path + "/status", "mgr", c => CephCommand.Query($"rbd {what} schedule status").With("level_spec", c.Request.Query["level"].ToString()),
            "What is due next; ?level=POOL/ for one pool.");
        api.Change("POST", path, c =>
        {
            string level = c.Body.Text("level") ?? "";
            string interval = c.Need("interval");
            string? start = c.Body.Text("start_time");
            return new ModuleRequestFactory(c.Checked()).SetRbdSchedule(what, level, interval, remove: false, start);
        }, $"Adds a schedule for a pool, a namespace{(what == "mirror snapshot" ? ", an image" : "")}, or (without level) all pools.", """{"level":"rbd","interval":"1d","start_time":"02:00"}""");
        api.Change(
            "DELETE", path, c => new ModuleRequestFactory(c.Checked()).SetRbdSchedule(what, c.Query("level") ?? "", c.Query("interval"), remove: true, c.Query("start_time")),
            "Removes the schedule of ?level= with ?interval= (all of that level without an interval).");
    }
}
