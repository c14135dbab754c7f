using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;

namespace Kalmar.Manager.Requests.Factories;

/// <content>Rules.</content>
public sealed partial class CrushRequestFactory
{
    /// <summary>Makes a rule of steps. The id is the lowest free one; the rule's own is not looked at.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rule">Type, sizes and steps.</param>
    public RequestPlan CreateRule(string name, CrushRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        NeedName("name", name);
        CrushMap crush = Map.Crush;
        NeedFreeRuleName(name);
        CheckSteps(rule.Steps);
        int id = Enumerable.Range(0, 256).First(i => i == 255 || crush.RuleOf(i) is null);
        if (crush.RuleOf(id) is not null)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", "there are 256 rules already; remove one first");
        }

        List<CrushRule?> rules = [.. crush.Rules];
        while (rules.Count <= id)
        {
            rules.Add(null);
        }

        rules[id] = rule with { Id = id, Ruleset = (byte)id };
        CrushMap next = crush with { Rules = [.. rules], RuleNames = crush.RuleNames.With([new(id, name)]) };
        RequestPlan plan = SetMap(next, $"Creating CRUSH rule '{name}'");
        return plan with { Steps = [.. plan.Steps.Select(s => s with { Done = new CrushRuleExists(name, true) })] };
    }

    /// <summary>Makes a rule for replicated pools: copies on different nodes of a type below a root.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="root">The bucket to start from.</param>
    /// <param name="failureDomain">The type that no two copies share: <c>host</c>, <c>rack</c>, <c>osd</c>.</param>
    /// <param name="deviceClass">Only devices of this class; null for all.</param>
    public RequestPlan CreateReplicatedRule(string name, string root, string failureDomain, string? deviceClass)
    {
        NeedName("name", name);
        NeedFreeRuleName(name);
        if (Map.Crush.FindItem(root) is null)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "root", $"there is no CRUSH node '{root}'");
        }

        if (!Map.Crush.TypeNames.Values.Contains(failureDomain))
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "failure_domain", $"there is no CRUSH type '{failureDomain}'");
        }

        CephCommand command = new CephCommand("osd crush rule create-replicated").With("name", name).With("root", root).With("type", failureDomain);
        if (deviceClass is not null)
        {
            command = command.With("class", deviceClass);
        }

        return Plan($"Creating CRUSH rule '{name}'", [OsdStep(command, new CrushRuleExists(name, true))], [$"new rule '{name}'"]);
    }

    /// <summary>Makes a rule for erasure-coded pools.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="profile">The erasure-code profile; null for Ceph's default.</param>
    public RequestPlan CreateErasureRule(string name, string? profile)
    {
        NeedName("name", name);
        NeedFreeRuleName(name);
        CephCommand command = new CephCommand("osd crush rule create-erasure").With("name", name);
        if (profile is not null)
        {
            if (!Map.ErasureCodeProfiles.ContainsKey(profile))
            {
                throw new RequestRefusedException(RefusalReason.Invalid, "profile", $"there is no profile '{profile}'");
            }

            command = command.With("profile", profile);
        }

        return Plan($"Creating CRUSH rule '{name}'", [OsdStep(command, new CrushRuleExists(name, true))], [$"new rule '{name}'"]);
    }

    /// <summary>Renames a rule or gives it other steps. What is as asked for already is left out.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="newName">Its new name; null leaves it.</param>
    /// <param name="rule">Type, sizes and steps; null leaves them.</param>
    public RequestPlan UpdateRule(int id, string? newName, CrushRule? rule)
    {
        CrushMap crush = Map.Crush;
        CrushRule now = NeedRule(id);
        string name = crush.RuleNames.GetValueOrDefault(id) ?? "";
        CrushMap next = crush;
        if (newName is not null && newName != name)
        {
            NeedName("name", newName);
            NeedFreeRuleName(newName);
            next = next with { RuleNames = next.RuleNames.With([new(id, newName)]) };
        }

        if (rule is not null)
        {
            CheckSteps(rule.Steps);
            CrushRule wanted = rule with { Id = id, Ruleset = now.Ruleset };
            if (wanted != now)
            {
                next = next with { Rules = [.. next.Rules.Select(r => r is not null && r.Id == id ? wanted : r)] };
            }
        }

        return SetMap(next, $"Updating CRUSH rule '{name}'");
    }

    /// <summary>Removes a rule that no pool uses.</summary>
    /// <param name="id">The rule.</param>
    public RequestPlan DeleteRule(int id)
    {
        NeedRule(id);
        string name = Map.Crush.RuleNames.GetValueOrDefault(id) ?? "";
        if (Map.Pools.FirstOrDefault(p => p.Value.CrushRule == id) is { Value: not null } user)
        {
            throw new RequestRefusedException(
                RefusalReason.Conflict, "", $"pool '{Map.PoolNames.GetValueOrDefault(user.Key)}' uses rule '{name}'; give it another one first");
        }

        return Plan(
            $"Removing CRUSH rule '{name}'",
            [OsdStep(new CephCommand("osd crush rule rm").With("name", name), new CrushRuleExists(name, false))],
            [$"rule {id} '{name}'"]);
    }

    private CrushRule NeedRule(int id) => Map.Crush.RuleOf(id)
        ?? throw new RequestRefusedException(RefusalReason.NotFound, "", $"there is no CRUSH rule {id}");

    private void NeedFreeRuleName(string name)
    {
        if (Map.Crush.RuleNames.ValueSpan.IndexOf(name) >= 0)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "name", $"there is a CRUSH rule '{name}' already");
        }
    }

    private void CheckSteps(ValueList<CrushRuleStep> steps)
    {
        if (steps.Count is 0 or > 100)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "steps", "1 to 100 steps");
        }

        foreach (CrushRuleStep step in steps)
        {
            if (step.Op == CrushRuleOp.Take && Map.Crush.BucketOf(step.Arg1) is null && !(step.Arg1 >= 0 && Map.Exists(new Wire.OsdId(step.Arg1))))
            {
                throw new RequestRefusedException(RefusalReason.Invalid, "steps", $"there is no CRUSH node {step.Arg1} to take");
            }
        }

        if (steps[0].Op != CrushRuleOp.Take && steps.All(s => s.Op != CrushRuleOp.Take))
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "steps", "a rule takes a node before it chooses");
        }

        if (steps[^1].Op != CrushRuleOp.Emit)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "steps", "a rule ends with emit");
        }
    }
}
