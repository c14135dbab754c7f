using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Maps;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Monitors, managers, the manager's modules, and health checks.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class MonitorRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>Adds a monitor to the map; its daemon is started on its host. Asks first whether the quorum stands until that one runs.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="address">IP address, or address and port.</param>
    public RequestPlan Add(string name, string address)
    {
        NeedName("name", name);
        NeedName("addr", address);
        if (Has(name))
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "name", $"there is a mon.{name} already");
        }

        return Plan(
            RequestKind.Monitor,
            $"Adding mon.{name}",
            [Step(new CephCommand("mon add").With("name", name).With("addr", address), FollowedMap.MonMap, new MonitorExists(name, true))],
            [$"mon.{name}"]) with
        {
            Questions = [new SafetyQuestion("mon", CephCommand.Query("mon ok-to-add-offline").ToJson(), "mon ok-to-add-offline")],
        };
    }

    /// <summary>Takes a monitor out of the map; asks first whether the quorum stands when it stops, and when it is no longer counted.</summary>
    /// <param name="name">Its name.</param>
    public RequestPlan Remove(string name)
    {
        NeedMonitor(name);
        return Plan(
            RequestKind.Monitor,
            $"Removing mon.{name}",
            [Step(new CephCommand("mon rm").With("name", name), FollowedMap.MonMap, new MonitorExists(name, false))],
            [$"mon.{name}"]) with
        {
            Questions = [OkToStop(name), OkToRemove(name)],
        };
    }

    /// <summary>Asks whether a monitor can be stopped; sends nothing else. For a dry run before its host is rebooted.</summary>
    /// <param name="name">Its name.</param>
    public RequestPlan AskStop(string name)
    {
        NeedMonitor(name);
        return Plan(RequestKind.Monitor, $"Asking whether mon.{name} can be stopped", [], []) with { Questions = [OkToStop(name)] };
    }

    /// <summary>Asks whether a monitor can be taken out of the map; sends nothing else.</summary>
    /// <param name="name">Its name.</param>
    public RequestPlan AskRemove(string name)
    {
        NeedMonitor(name);
        return Plan(RequestKind.Monitor, $"Asking whether mon.{name} can be removed", [], []) with { Questions = [OkToRemove(name)] };
    }

    /// <summary>Forbids a monitor to lead, or lets it again. Ceph refuses that while monitors elect by rank alone (<c>classic</c>).</summary>
    /// <param name="name">Its name.</param>
    /// <param name="disallow">True to forbid.</param>
    public RequestPlan SetDisallowedLeader(string name, bool disallow)
    {
        NeedMonitor(name);
        return Plan(
            RequestKind.Monitor,
            $"{(disallow ? "Forbidding" : "Allowing")} mon.{name} to lead",
            [Step(new CephCommand(disallow ? "mon add disallowed_leader" : "mon rm disallowed_leader").With("name", name), FollowedMap.MonMap, new LeaderDisallowed(name, disallow))],
            [$"mon.{name}"]);
    }

    /// <summary>Chooses how monitors elect their leader.</summary>
    /// <param name="strategy"><c>classic</c>, <c>disallow</c> or <c>connectivity</c>.</param>
    public RequestPlan SetElectionStrategy(string strategy)
    {
        NeedOneOf("strategy", strategy, [.. MonElectionStrategyNames.All]);
        return Plan(
            RequestKind.Monitor,
            $"Setting election strategy to {strategy}",
            [Step(new CephCommand("mon set election_strategy").With("strategy", strategy), FollowedMap.MonMap, new ElectionStrategyIs(MonElectionStrategyNames.Parse(strategy)!.Value))],
            ["monitors"]);
    }

    /// <summary>Lets a manager step down; a standby takes over.</summary>
    /// <param name="name">Its name; null for the active one.</param>
    public RequestPlan FailManager(string? name)
    {
        if (name is not null && Managers.ActiveName != name && !Managers.Standbys.Values.Any(s => s.Name == name))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no mgr.{name}");
        }

        if (name is null && !Managers.HasActive)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", "no manager is active");
        }

        CephCommand command = new("mgr fail");
        command = name is null ? command : command.With("who", NeedName("name", name));
        return Plan(RequestKind.Manager, $"Failing mgr.{name ?? "(active)"}", [Step(command, FollowedMap.MgrMap, null, repeatable: false)], [$"mgr.{name ?? "(active)"}"]);
    }

    /// <summary>Switches a manager's module on or off.</summary>
    /// <param name="module">Its name.</param>
    /// <param name="enable">On or off.</param>
    public RequestPlan SetModule(string module, bool enable)
    {
        NeedName("module", module);
        if (Managers.AvailableModules.Count > 0 && !Managers.AvailableModules.Any(m => m.Name == module))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no mgr module '{module}'");
        }

        if (!enable && Managers.AlwaysOnModules.Values.Any(always => always.Contains(module)))
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"mgr module '{module}' is always on");
        }

        return Plan(
            RequestKind.Manager,
            $"{(enable ? "Enabling" : "Disabling")} mgr module '{module}'",
            [Step(new CephCommand(enable ? "mgr module enable" : "mgr module disable").With("module", module), FollowedMap.MgrMap, new ModuleEnabled(module, enable))],
            [$"mgr module '{module}'"]);
    }

    /// <summary>Mutes a health check.</summary>
    /// <param name="code">Ceph's code: <c>OSD_DOWN</c>.</param>
    /// <param name="ttl">For how long: <c>4h</c>; null for ever.</param>
    /// <param name="sticky">Also when it comes again or gets worse.</param>
    public RequestPlan MuteHealth(string code, string? ttl, bool sticky)
    {
        CephCommand command = new CephCommand("health mute").With("code", NeedCode(code));
        command = ttl is null ? command : command.With("ttl", NeedName("ttl", ttl));
        return Plan(RequestKind.Monitor, $"Muting health check {code}", [PlainStep("mon", sticky ? command.With("sticky", true) : command)], [$"health check {code}"]);
    }

    /// <summary>Unmutes a health check.</summary>
    /// <param name="code">Ceph's code.</param>
    public RequestPlan UnmuteHealth(string code) => Plan(
        RequestKind.Monitor, $"Unmuting health check {code}", [PlainStep("mon", new CephCommand("health unmute").With("code", NeedCode(code)))], [$"health check {code}"]);

    private static SafetyQuestion OkToStop(string name) => new("mon", CephCommand.Query("mon ok-to-stop").With("ids", [name]).ToJson(), $"mon ok-to-stop {name}");

    private static SafetyQuestion OkToRemove(string name) => new("mon", CephCommand.Query("mon ok-to-rm").With("id", name).ToJson(), $"mon ok-to-rm {name}");

    private static string NeedCode(string code) => code is { Length: > 0 and <= 100 } && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
        ? code
        : throw new RequestRefusedException(RefusalReason.Invalid, "code", $"'{code}' is no health check's code, such as OSD_DOWN");

    private MgrMap Managers => Snapshot.MgrMap?.Value
        ?? throw new RequestRefusedException(RefusalReason.Unavailable, "", "the managers' map is not known yet; try again in a moment");

    private bool Has(string name) => Snapshot.MonMap is { } map
        ? map.Value.Monitors.ContainsKey(name)
        : throw new RequestRefusedException(RefusalReason.Unavailable, "", "the monitors' map is not known yet; try again in a moment");

    private void NeedMonitor(string name)
    {
        if (name is null || !Has(name))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no mon.{name}");
        }
    }

    private static RequestStep Step(CephCommand command, FollowedMap map, MapCondition? done, bool repeatable = true) =>
        PlainStep("mon", command, repeatable) with { Follows = map, Done = done };

    private static RequestPlan Plan(RequestKind kind, string headline, IReadOnlyList<RequestStep> steps, IReadOnlyList<string> touches) =>
        new() { Kind = kind, Headline = headline, Steps = steps, Touches = touches };
}
