using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Changes of OSDs.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class OsdRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>The commands that an OSD that is up takes, with Calamari's names.</summary>
    public static IReadOnlyList<string> Commands { get; } = ["scrub", "deep_scrub", "repair"];

    /// <summary>Sets up, in and reweight, as Calamari's PATCH does. What is as asked for already is left out.</summary>
    /// <param name="id">The OSD.</param>
    /// <param name="up">False to mark it down (it comes back by itself when it runs); true only for one that is up.</param>
    /// <param name="isIn">In or out.</param>
    /// <param name="reweight">0 to 1.</param>
    public RequestPlan Update(OsdId id, bool? up, bool? isIn, double? reweight)
    {
        OsdEntry osd = NeedOsd(id);
        if (up == true && !osd.IsUp)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "up", $"{id} is down and comes up only when its daemon starts; start it on its host");
        }

        List<RequestStep> steps = [];
        List<string> headlines = [];
        List<SafetyQuestion> questions = [];
        if (up == false && osd.IsUp)
        {
            steps.Add(Ids("osd down", id, new OsdDownAfter(id.Value, osd.Info.DownAt.Value)));
            headlines.Add($"Marking {ClusterName}-{id} down");
            questions.Add(OkToStop(id));
        }

        if (isIn is { } wanted && wanted != osd.IsIn && reweight is null)
        {
            steps.Add(Ids(wanted ? "osd in" : "osd out", id, new OsdValue(id.Value, "in", wanted ? 1 : 0)));
            headlines.Add($"Marking {ClusterName}-{id} {(wanted ? "in" : "out")}");
        }

        if (reweight is { } weight && RawWeight(weight) != osd.RawWeight)
        {
            steps.Add(OsdStep(
                new CephCommand("osd reweight").With("id", (long)id.Value).With("weight", weight), new OsdValue(id.Value, "weight", RawWeight(weight))));
            headlines.Add(string.Create(CultureInfo.InvariantCulture, $"Re-weighting {ClusterName}-{id} to {weight * 100:0.0}%"));
        }

        return Plan(RequestKind.OsdMapModifying, headlines.Count == 0 ? $"Nothing to change at {ClusterName}-{id}" : string.Join("; ", headlines), id, steps) with
        {
            Questions = questions,
        };
    }

    /// <summary>Marks an OSD in.</summary>
    /// <param name="id">The OSD.</param>
    public RequestPlan In(OsdId id) => Update(id, null, true, null);

    /// <summary>Marks an OSD out: its data moves away.</summary>
    /// <param name="id">The OSD.</param>
    public RequestPlan Out(OsdId id) => Update(id, null, false, null);

    /// <summary>Marks an OSD down; asks Ceph first whether it can be missed.</summary>
    /// <param name="id">The OSD.</param>
    public RequestPlan Down(OsdId id) => Update(id, false, null, null);

    /// <summary>Sets the share of its CRUSH weight that an OSD takes.</summary>
    /// <param name="id">The OSD.</param>
    /// <param name="weight">0 to 1.</param>
    public RequestPlan Reweight(OsdId id, double weight) => Update(id, null, null, weight);

    /// <summary>Sets how willing an OSD is to lead PGs.</summary>
    /// <param name="id">The OSD.</param>
    /// <param name="affinity">0 to 1.</param>
    public RequestPlan SetPrimaryAffinity(OsdId id, double affinity)
    {
        NeedOsd(id);
        RawWeight(affinity, "primary_affinity");
        return Plan(
            RequestKind.OsdMapModifying,
            string.Create(CultureInfo.InvariantCulture, $"Setting the primary affinity of {ClusterName}-{id} to {affinity:0.###}"),
            id,
            [OsdStep(new CephCommand("osd primary-affinity").With("id", (long)id.Value).With("weight", affinity))]);
    }

    /// <summary>Sets an OSD's CRUSH weight.</summary>
    /// <param name="id">The OSD.</param>
    /// <param name="weight">0 to 10,000, mostly TiB.</param>
    public RequestPlan SetCrushWeight(OsdId id, double weight)
    {
        NeedOsd(id);
        if (!double.IsFinite(weight) || weight is < 0 or > 10_000)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "crush_weight", "0 to 10000");
        }

        return Plan(
            RequestKind.Crush,
            string.Create(CultureInfo.InvariantCulture, $"Setting the CRUSH weight of {ClusterName}-{id} to {weight:0.#####}"),
            id,
            [OsdStep(new CephCommand("osd crush reweight").With("name", id.ToString()).With("weight", weight), new CrushItemWeight(id.ToString(), (uint)(weight * OsdMap.FullWeight)))]);
    }

    /// <summary>Sets or removes an OSD's device class.</summary>
    /// <param name="id">The OSD.</param>
    /// <param name="deviceClass"><c>hdd</c>, <c>ssd</c>, <c>nvme</c> or another word; null to remove it.</param>
    public RequestPlan SetClass(OsdId id, string? deviceClass)
    {
        OsdEntry osd = NeedOsd(id);
        if (osd.DeviceClass == deviceClass)
        {
            return Plan(RequestKind.Crush, $"Nothing to change at {ClusterName}-{id}", id, []);
        }

        List<RequestStep> steps = [];
        if (osd.DeviceClass is not null)
        {
            // Ceph wants the old class to be taken off first.
            steps.Add(Ids("osd crush rm-device-class", id));
        }

        if (deviceClass is not null)
        {
            NeedName("device_class", deviceClass);
            steps.Add(OsdStep(new CephCommand("osd crush set-device-class").With("class", deviceClass).With("ids", [id.ToString()])));
        }

        return Plan(
            RequestKind.Crush,
            deviceClass is null ? $"Removing the device class of {ClusterName}-{id}" : $"Setting the device class of {ClusterName}-{id} to {deviceClass}",
            id,
            steps);
    }

    /// <summary>Marks an OSD destroyed, so that its number can be given to a new disk (the first half of replacing it); asks Ceph first.</summary>
    /// <param name="id">The OSD; must be down.</param>
    public RequestPlan Destroy(OsdId id) => Remove(id, "osd destroy-actual", $"Destroying {ClusterName}-{id}", new OsdValue(id.Value, "destroyed", 1));

    /// <summary>Removes an OSD from the OSD map, the CRUSH map and the keys; asks Ceph first.</summary>
    /// <param name="id">The OSD; must be down.</param>
    public RequestPlan Purge(OsdId id) => Remove(id, "osd purge-actual", $"Purging {ClusterName}-{id}", new OsdValue(id.Value, "exists", 0));

    /// <summary>Declares the data of an OSD lost for ever, so that PGs go on without it.</summary>
    /// <param name="id">The OSD; must be down.</param>
    public RequestPlan Lost(OsdId id)
    {
        NeedDown(id);
        return Plan(
            RequestKind.OsdMapModifying,
            $"Declaring {ClusterName}-{id} lost",
            id,
            [OsdStep(new CephCommand("osd lost").With("id", (long)id.Value).With("yes_i_really_mean_it", true), new OsdLost(id.Value), repeatable: false)]) with
        {
            Questions = [Ask("osd safe-to-destroy", id)],
        };
    }

    /// <summary>Scrubs or repairs all PGs that an OSD leads.</summary>
    /// <param name="id">The OSD.</param>
    /// <param name="command">One of <see cref="Commands"/>.</param>
    public RequestPlan Command(OsdId id, string command)
    {
        OsdEntry osd = NeedOsd(id);
        if (command is null || !Commands.Contains(command))
        {
            throw new RequestRefusedException(RefusalReason.Forbidden, "", $"'{command}' is not one of {string.Join(", ", Commands)}");
        }

        if (!osd.IsUp)
        {
            throw new RequestRefusedException(RefusalReason.Forbidden, "", $"{id} is down and takes no commands");
        }

        string words = command.Replace('_', '-');
        return Plan(
            RequestKind.Scrub,
            $"Initiating {words} on {ClusterName}-{id}",
            id,
            [PlainStep("mgr", new CephCommand($"osd {words}").With("who", Text(id)), repeatable: false)]);
    }

    private RequestPlan Remove(OsdId id, string prefix, string headline, MapCondition done)
    {
        NeedDown(id);
        return Plan(
            RequestKind.OsdMapModifying,
            headline,
            id,
            [OsdStep(new CephCommand(prefix).With("id", (long)id.Value).With("yes_i_really_mean_it", true), done)]) with
        {
            Questions = [Ask("osd safe-to-destroy", id)],
        };
    }

    private void NeedDown(OsdId id)
    {
        if (NeedOsd(id).IsUp)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"{id} is up; stop its daemon first");
        }
    }

    private static RequestPlan Plan(RequestKind kind, string headline, OsdId id, IReadOnlyList<RequestStep> steps) =>
        new() { Kind = kind, Headline = headline, Steps = steps, Touches = steps.Count == 0 ? [] : [id.ToString()] };

    private static RequestStep Ids(string prefix, OsdId id, MapCondition? done = null) =>
        OsdStep(new CephCommand(prefix).With("ids", [Text(id)]), done);

    /// <summary>Asks whether an OSD can be stopped without a PG that stops serving; sends nothing else.</summary>
    /// <param name="id">The OSD.</param>
    public RequestPlan AskStop(OsdId id)
    {
        NeedOsd(id);
        return Plan(RequestKind.OsdMapModifying, $"Asking whether {id} can be stopped", id, []) with { Questions = [OkToStop(id)] };
    }

    /// <summary>Asks whether an OSD's data is elsewhere too; sends nothing else.</summary>
    /// <param name="id">The OSD.</param>
    public RequestPlan AskDestroy(OsdId id)
    {
        NeedOsd(id);
        return Plan(RequestKind.OsdMapModifying, $"Asking whether {id} can be destroyed", id, []) with { Questions = [Ask("osd safe-to-destroy", id)] };
    }

    private static SafetyQuestion OkToStop(OsdId id) => Ask("osd ok-to-stop", id);

    private static SafetyQuestion Ask(string prefix, OsdId id) =>
        new("mgr", CephCommand.Query(prefix).With("ids", [Text(id)]).ToJson(), $"{prefix} {id.Value}");

    private static long RawWeight(double weight, string field = "reweight") => double.IsFinite(weight) && weight is >= 0 and <= 1
        ? (long)(weight * OsdMap.FullWeight)
        : throw new RequestRefusedException(RefusalReason.Invalid, field, "0 to 1");

    private static string Text(OsdId id) => id.Value.ToString(CultureInfo.InvariantCulture);
}
