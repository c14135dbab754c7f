using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>What the manager's modules do: RBD tasks and schedules, crash reports, device health, balancer.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class ModuleRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>Lets the manager do a long task on an image in the background.</summary>
    /// <param name="task"><c>flatten</c>, <c>remove</c>, <c>trash remove</c>, <c>migration execute</c>, <c>migration commit</c> or <c>migration abort</c>.</param>
    /// <param name="image">POOL/[NAMESPACE/]IMAGE, or POOL/IMAGE-ID for <c>trash remove</c>.</param>
    public RequestPlan AddRbdTask(string task, string image)
    {
        NeedOneOf("task", task, "flatten", "remove", "trash remove", "migration execute", "migration commit", "migration abort");
        NeedImage(image);
        CephCommand command = new($"rbd task add {task}");
        return Plan(
            RequestKind.Rbd,
            $"RBD {task} of '{image}'",
            $"image '{image}'",
            command.With(task == "trash remove" ? "image_id_spec" : "image_spec", image),
            repeatable: false);
    }

    /// <summary>Cancels an RBD task.</summary>
    /// <param name="taskId">Its uuid.</param>
    public RequestPlan CancelRbdTask(string taskId) => Plan(
        RequestKind.Rbd, $"Cancelling RBD task {NeedName("task_id", taskId)}", $"RBD task {taskId}", new CephCommand("rbd task cancel").With("task_id", taskId));

    /// <summary>Adds or removes a schedule.</summary>
    /// <param name="what"><c>trash purge</c> or <c>mirror snapshot</c>.</param>
    /// <param name="level">POOL or POOL/NAMESPACE/; for <c>mirror snapshot</c> also POOL/IMAGE or POOL/NAMESPACE/IMAGE; empty for all pools.</param>
    /// <param name="interval">For example <c>1d</c>; when removing null takes all of the level's away.</param>
    /// <param name="remove">True to remove it.</param>
    /// <param name="startTime">When the day's first one is due, ISO-8601; null for any time.</param>
    public RequestPlan SetRbdSchedule(string what, string level, string? interval, bool remove, string? startTime = null)
    {
        NeedOneOf("what", what, "trash purge", "mirror snapshot");
        if (!string.IsNullOrEmpty(level))
        {
            NeedName("level", level);

            // Ceph wants the slash behind what is no image.
            level = level.EndsWith('/') || (level.Contains('/', StringComparison.Ordinal) && what == "mirror snapshot") ? level : level + "/";
        }

        CephCommand command = new CephCommand($"rbd {what} schedule {(remove ? "remove" : "add")}").With("level_spec", level ?? "");
        command = interval is null && remove ? command : command.With("interval", NeedName("interval", interval));
        command = startTime is null ? command : command.With("start_time", NeedName("start_time", startTime));
        return Plan(
            RequestKind.Rbd,
            $"{(remove ? "Removing" : "Adding")} RBD {what} schedule {interval ?? "(all)"} of {(string.IsNullOrEmpty(level) ? "all pools" : $"'{level}'")}",
            string.IsNullOrEmpty(level) ? "all pools" : $"'{level}'",
            command);
    }

    /// <summary>Marks a crash report as seen; null marks all.</summary>
    /// <param name="id">Its id.</param>
    public RequestPlan ArchiveCrash(string? id) => id is null
        ? Plan(RequestKind.Manager, "Archiving all crash reports", "all crash reports", new CephCommand("crash archive-all"))
        : Plan(RequestKind.Manager, $"Archiving crash report {NeedName("id", id)}", $"crash report {id}", new CephCommand("crash archive").With("id", id));

    /// <summary>Removes a crash report.</summary>
    /// <param name="id">Its id.</param>
    public RequestPlan RemoveCrash(string id) =>
        Plan(RequestKind.Manager, $"Removing crash report {NeedName("id", id)}", $"crash report {id}", new CephCommand("crash rm").With("id", id));

    /// <summary>Removes crash reports that are older than some days.</summary>
    /// <param name="days">How many days are kept.</param>
    public RequestPlan PruneCrashes(int days) => days < 0
        ? throw new RequestRefusedException(RefusalReason.Invalid, "days", "0 or more")
        : Plan(
            RequestKind.Manager,
            $"Removing crash reports older than {days} days",
            "old crash reports",
            new CephCommand("crash prune").With("keep", days.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Switches the watching of devices' health on or off.</summary>
    /// <param name="enable">On or off.</param>
    public RequestPlan SetDeviceMonitoring(bool enable) => Plan(
        RequestKind.Manager,
        $"{(enable ? "Enabling" : "Disabling")} device monitoring",
        "device monitoring",
        new CephCommand(enable ? "device monitoring on" : "device monitoring off"));

    /// <summary>Switches a device's light.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="light"><c>ident</c> or <c>fault</c>.</param>
    /// <param name="enable">On or off.</param>
    public RequestPlan SetDeviceLight(string device, string light, bool enable)
    {
        NeedOneOf("light", light, "ident", "fault");
        return Plan(
            RequestKind.Manager,
            $"Switching the {light} light of device {NeedName("device", device)} {(enable ? "on" : "off")}",
            $"device {device}",
            new CephCommand("device light").With("enable", enable ? "on" : "off").With("devid", device).With("light_type", light));
    }

    /// <summary>Notes how long a device is expected to live; null takes the note back.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="from">Not before (ISO-8601 date); null to remove.</param>
    /// <param name="to">Not after.</param>
    public RequestPlan SetDeviceLifeExpectancy(string device, string? from, string? to)
    {
        NeedName("device", device);
        return Plan(
            RequestKind.Manager,
            $"{(from is null ? "Removing" : "Setting")} the life expectancy of device {device}",
            $"device {device}",
            from is null
                ? new CephCommand("device rm-life-expectancy").With("devid", device)
                : new CephCommand("device set-life-expectancy").With("devid", device).With("from", NeedName("from", from)).With("to", NeedName("to", to)));
    }

    /// <summary>Switches the balancer, or chooses its mode.</summary>
    /// <param name="enable">On or off; null leaves it.</param>
    /// <param name="mode"><c>none</c>, <c>crush-compat</c> or <c>upmap</c>; null leaves it.</param>
    public RequestPlan SetBalancer(bool? enable, string? mode)
    {
        List<RequestStep> steps = [];
        if (mode is not null)
        {
            NeedOneOf("mode", mode, "none", "crush-compat", "upmap");
            steps.Add(PlainStep("mgr", new CephCommand("balancer mode").With("mode", mode)));
        }

        if (enable is { } on)
        {
            steps.Add(PlainStep("mgr", new CephCommand(on ? "balancer on" : "balancer off")));
        }

        return new RequestPlan { Kind = RequestKind.Manager, Headline = $"Setting the balancer of {ClusterName}", Steps = steps, Touches = ["balancer"] };
    }

    private static RequestPlan Plan(RequestKind kind, string headline, string touches, CephCommand command, bool repeatable = true) =>
        new() { Kind = kind, Headline = headline, Steps = [PlainStep("mgr", command, repeatable)], Touches = [touches] };

    private static void NeedImage(string image)
    {
        NeedName("image", image);
        if (image.Split('/') is not { Length: 2 or 3 } parts || parts.Any(p => p.Length == 0))
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "image", $"'{image}' is not POOL/IMAGE or POOL/NAMESPACE/IMAGE");
        }
    }
}
