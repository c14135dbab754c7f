using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Makes, changes and removes pools.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
/// <param name="limits">What the monitors' configuration says of PGs; null for Ceph's defaults.</param>
public sealed partial class PoolRequestFactory(ClusterSnapshot snapshot, PgLimits? limits = null) : RequestFactory(snapshot)
{
    private const int MaxSize = 10;

    private readonly PgLimits _limits = limits ?? new PgLimits();

    /// <summary>Makes a pool and waits until its PGs have been created.</summary>
    /// <param name="spec">What pool.</param>
    public RequestPlan Create(PoolSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Check(spec);
        CephCommand create = new CephCommand("osd pool create").With("pool", spec.Name).With("pg_num", (long)spec.PgNum).With("pgp_num", (long)(spec.PgpNum ?? spec.PgNum));
        create = create.With("pool_type", spec.IsErasure ? "erasure" : "replicated");
        if (spec.IsErasure && spec.ErasureCodeProfile is { } profile)
        {
            create = create.With("erasure_code_profile", profile);
        }

        if (spec.CrushRule is { } rule)
        {
            create = create.With("rule", Map.Crush.RuleNames[rule]);
        }

        if (spec.Size is { } size && !spec.IsErasure)
        {
            create = create.With("size", size);
        }

        List<RequestStep> steps =
        [
            OsdStep(create, new PoolReady(spec.Name)) with
            {
                SettledPool = spec.Name,
                Status = $"Creating pool '{spec.Name}'",
                Timeout = TimeSpan.FromMinutes(10),
            },
        ];
        AddSetting("min_size", spec.MinSize?.ToString(CultureInfo.InvariantCulture));
        AddQuota("max_bytes", spec.QuotaMaxBytes);
        AddQuota("max_objects", spec.QuotaMaxObjects);
        foreach ((string name, string value) in spec.Settings)
        {
            AddSetting(name, value);
        }

        if (spec.Application is { Length: > 0 } application)
        {
            steps.Add(OsdStep(new CephCommand("osd pool application enable").With("pool", spec.Name).With("app", application)));
        }

        return new RequestPlan
        {
            Kind = RequestKind.PoolCreating,
            Headline = $"Creating pool '{spec.Name}'",
            Steps = steps,
            Touches = [$"new pool '{spec.Name}' with {spec.PgNum} PGs"],
        };

        void AddSetting(string name, string? value)
        {
            if (value is not null)
            {
                steps.Add(OsdStep(new CephCommand("osd pool set").With("pool", spec.Name).With("var", name).With("val", value)));
            }
        }

        void AddQuota(string name, ulong? value)
        {
            if (value is > 0)
            {
                steps.Add(OsdStep(new CephCommand("osd pool set-quota").With("pool", spec.Name).With("field", name).With("val", value.Value.ToString(CultureInfo.InvariantCulture))));
            }
        }
    }

    /// <summary>Removes a pool with all its data. Ceph's double confirmation is given; a third one, the pool's name, is the caller's to ask for.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="name">The name that the caller was made to type; null when it was not asked for.</param>
    public RequestPlan Delete(PoolId id, string? name = null)
    {
        (Pool pool, string real) = NeedPool(id);
        if (name is not null && name != real)
        {
            throw new RequestRefusedException(RefusalReason.Invalid, "confirm", $"the pool is called '{real}', not '{name}'; nothing was removed");
        }

        if (pool.Flags.HasFlag(PoolFlags.NoDelete))
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"pool '{real}' is marked nodelete; set nodelete to 0 first");
        }

        if (pool.Tiers.Count > 0 || pool.TierOf.Value >= 0)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"pool '{real}' is part of a cache tier; take the tier apart first");
        }

        CephCommand command = new CephCommand("osd pool delete").With("pool", real).With("pool2", real).With("yes_i_really_really_mean_it", true);
        return new RequestPlan
        {
            Kind = RequestKind.OsdMapModifying,
            Headline = $"Deleting pool '{real}'",
            Steps =
            [
                OsdStep(command, new PoolGone(id.Value), repeatable: false) with
                {
                    Advice = "if it says that pool deletion is disabled: set mon_allow_pool_delete to true for 'mon' in the configuration database, delete, and set it back",
                },
            ],
            Touches = [$"pool '{real}' ({id}): removed with all its data ({pool.PgNum} PGs)"],
        };
    }

    /// <summary>Says what a pool is for.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="application"><c>rbd</c>, <c>rgw</c>, <c>cephfs</c> or another word.</param>
    /// <param name="enable">False to take it back.</param>
    public RequestPlan SetApplication(PoolId id, string application, bool enable)
    {
        (_, string name) = NeedPool(id);
        NeedName("application", application);
        return new RequestPlan
        {
            Kind = RequestKind.OsdMapModifying,
            Headline = $"{(enable ? "Enabling" : "Disabling")} application '{application}' on pool '{name}'",
            Steps =
            [
                OsdStep(new CephCommand(enable ? "osd pool application enable" : "osd pool application disable")
                    .With("pool", name).With("app", application).With("yes_i_really_mean_it", true)),
            ],
            Touches = [$"pool '{name}' ({id})"],
        };
    }

    /// <summary>Makes or removes a snapshot of a whole pool.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="snapshotName">The snapshot's name.</param>
    /// <param name="remove">True to remove it.</param>
    public RequestPlan SetSnapshot(PoolId id, string snapshotName, bool remove)
    {
        (Pool pool, string name) = NeedPool(id);
        NeedName("snapshot", snapshotName);
        bool there = pool.Snapshots.Values.Any(s => s.Name == snapshotName);
        if (there != remove)
        {
            throw new RequestRefusedException(
                remove ? RefusalReason.NotFound : RefusalReason.Conflict, "snapshot", $"pool '{name}' has {(remove ? "no" : "a")} snapshot '{snapshotName}'{(remove ? "" : " already")}");
        }

        return new RequestPlan
        {
            Kind = RequestKind.OsdMapModifying,
            Headline = $"{(remove ? "Removing" : "Making")} snapshot '{snapshotName}' of pool '{name}'",
            Steps = [OsdStep(new CephCommand(remove ? "osd pool rmsnap" : "osd pool mksnap").With("pool", name).With("snap", snapshotName), new PoolSnapshotExists(id.Value, snapshotName, !remove))],
            Touches = [$"pool '{name}' ({id})"],
        };
    }

    private void Check(PoolSpec spec)
    {
        NeedName("name", spec.Name);
        if (Map.FindPool(spec.Name) is { } other)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "name", $"there is a pool '{spec.Name}' already ({other})");
        }

        Dictionary<string, string> wrong = new(StringComparer.Ordinal);
        if (spec.PgNum < 1)
        {
            wrong["pg_num"] = "at least 1";
        }
        else if (spec.PgNum > _limits.MaxPoolPgNum)
        {
            wrong["pg_num"] = $"{spec.PgNum} is above mon_max_pool_pg_num ({_limits.MaxPoolPgNum})";
        }

        if (spec.PgpNum > spec.PgNum)
        {
            wrong["pgp_num"] = $"at most pg_num ({spec.PgNum})";
        }

        CheckSize(spec.Size, spec.MinSize, wrong);
        CheckRule(spec.CrushRule, wrong);
        CheckSettings(spec.Settings, wrong);
        if (spec is { IsErasure: true, ErasureCodeProfile: { } profile } && !Map.ErasureCodeProfiles.ContainsKey(profile))
        {
            wrong["erasure_code_profile"] = $"there is no profile '{profile}'";
        }

        if (wrong.Count > 0)
        {
            throw new RequestRefusedException(wrong);
        }
    }

    private static void CheckSize(int? size, int? minSize, Dictionary<string, string> wrong)
    {
        if (size is < 1 or > MaxSize)
        {
            wrong["size"] = $"1 to {MaxSize}";
        }

        if (minSize is < 1 || (minSize is { } least && size is { } all && least > all))
        {
            wrong["min_size"] = $"1 to size{(size is null ? "" : $" ({size})")}";
        }
    }

    private void CheckRule(int? rule, Dictionary<string, string> wrong)
    {
        if (rule is { } id && (Map.Crush.RuleOf(id) is null || !Map.Crush.RuleNames.ContainsKey(id)))
        {
            wrong["crush_ruleset"] = $"there is no CRUSH rule {id}";
        }
    }

    private static void CheckSettings(IReadOnlyDictionary<string, string> settings, Dictionary<string, string> wrong)
    {
        foreach ((string name, string value) in settings)
        {
            if (!PoolSettings.All.Contains(name))
            {
                wrong[name] = "no such setting of a pool";
            }
            else if (value is null || value.Length > MaxNameLength)
            {
                wrong[name] = "not a value";
            }
        }
    }
}
