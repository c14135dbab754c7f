using System.Globalization;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <content>Changes of a pool that is there.</content>
public sealed partial class PoolRequestFactory
{
    /// <summary>Changes a pool. What is as asked for already is left out; the plan is empty when that is all.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="change">What shall be changed.</param>
    public RequestPlan Update(PoolId id, PoolChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        (Pool pool, string name) = NeedPool(id);
        Check(pool, change);
        List<RequestStep> steps = [];
        List<string> touches = [];
        string now = name;
        if (change.Name is { } newName && newName != name)
        {
            NeedName("name", newName);
            if (Map.FindPool(newName) is { } other)
            {
                throw new RequestRefusedException(RefusalReason.Conflict, "name", $"there is a pool '{newName}' already ({other})");
            }

            steps.Add(OsdStep(
                new CephCommand("osd pool rename").With("srcpool", name).With("destpool", newName), new PoolValue(id.Value, "name", newName)));
            touches.Add($"pool '{name}' ({id}): name -> '{newName}'");
            now = newName;
        }

        Set("crush_rule", change.CrushRule, pool.CrushRule, r => Map.Crush.RuleNames[(int)r]);
        Set("size", change.Size, pool.Size, Text);
        Set("min_size", change.MinSize, pool.MinSize, Text);
        Quota("max_bytes", "quota_max_bytes", change.QuotaMaxBytes, pool.QuotaMaxBytes);
        Quota("max_objects", "quota_max_objects", change.QuotaMaxObjects, pool.QuotaMaxObjects);
        foreach ((string setting, string value) in change.Settings)
        {
            steps.Add(OsdStep(new CephCommand("osd pool set").With("pool", now).With("var", setting).With("val", value)));
            touches.Add($"pool '{name}' ({id}): {setting} -> {value}");
        }

        int before = steps.Count;
        bool grows = AddPgs(id, pool, now, change, steps, touches);
        return new RequestPlan
        {
            Kind = grows ? RequestKind.PgCreating : RequestKind.OsdMapModifying,
            Headline = steps.Count > before && before == 0 && change.PgNum is { } target && target != pool.PgNum
                ? $"{(grows ? "Growing" : "Shrinking")} pool '{name}' to {target} PGs"
                : $"Modifying pool '{name}'",
            Steps = steps,
            Touches = touches,
        };

        void Set(string field, int? wanted, long have, Func<long, string> text)
        {
            if (wanted is { } value && value != have)
            {
                steps.Add(OsdStep(
                    new CephCommand("osd pool set").With("pool", now).With("var", field).With("val", text(value)).With("yes_i_really_mean_it", true),
                    new PoolValue(id.Value, field, Text(value))));
                touches.Add($"pool '{name}' ({id}): {field} {text(have)} -> {text(value)}");
            }
        }

        void Quota(string field, string mapField, ulong? wanted, ulong have)
        {
            if (wanted is { } value && value != have)
            {
                string text = value.ToString(CultureInfo.InvariantCulture);
                steps.Add(OsdStep(
                    new CephCommand("osd pool set-quota").With("pool", now).With("field", field).With("val", text), new PoolValue(id.Value, mapField, text)));
                touches.Add($"pool '{name}' ({id}): {mapField} {have} -> {value}");
            }
        }
    }

    /// <summary>
    /// The pg_nums by which a pool grows: never more at once than <c>mon_osd_max_split_count</c> for each OSD that can take part.
    /// </summary>
    /// <param name="from">PGs now.</param>
    /// <param name="to">PGs at the end.</param>
    /// <param name="osds">OSDs of the cluster.</param>
    /// <param name="maxSplitCount">New PGs for each of them at once.</param>
    internal static IEnumerable<uint> Blocks(uint from, uint to, int osds, uint maxSplitCount)
    {
        ulong now = from;
        while (now < to)
        {
            ulong block = Math.Max(1UL, (ulong)maxSplitCount) * Math.Max(1UL, Math.Min(now, (ulong)Math.Max(1, osds)));
            now = Math.Min(to, now + block);
            yield return (uint)now;
        }
    }

    private bool AddPgs(PoolId id, Pool pool, string name, PoolChange change, List<RequestStep> steps, List<string> touches)
    {
        uint target = change.PgNum ?? pool.PgNumTarget;
        bool grows = target > pool.PgNum;
        if (target > pool.PgNum)
        {
            touches.Add($"pool '{name}' ({id}): pg_num {pool.PgNum} -> {target}");
            foreach (uint block in Blocks(pool.PgNum, target, Map.InCount, _limits.MaxSplitCount))
            {
                steps.Add(PgStep("pg_num", block, new PoolPgNum(id.Value, block)) with
                {
                    SettledPool = name,
                    Status = $"Growing to {block} of {target} PGs",
                    Timeout = TimeSpan.FromMinutes(15),
                });
            }
        }
        else if (target < pool.PgNum)
        {
            touches.Add($"pool '{name}' ({id}): pg_num {pool.PgNum} -> {target}");
            steps.Add(PgStep("pg_num", target, new PoolPgNum(id.Value, target, Shrinking: true)) with
            {
                Status = $"Shrinking to {target} PGs",
                Timeout = TimeSpan.FromHours(2),
            });
        }

        // Calamari set pgp_num behind pg_num; whoever asks for less says so.
        uint pgp = change.PgpNum ?? (change.PgNum is null ? pool.PgpNumTarget : target);
        if (pgp != pool.PgpNumTarget || (grows && change.PgpNum is null))
        {
            touches.Add($"pool '{name}' ({id}): pgp_num {pool.PgpNumTarget} -> {pgp}");
            steps.Add(PgStep("pgp_num", pgp, new PoolValue(id.Value, "pgp_num_target", Text(pgp))) with { Status = $"Setting pgp_num to {pgp}" });
        }

        return grows;

        RequestStep PgStep(string field, uint value, MapCondition done) =>
            OsdStep(new CephCommand("osd pool set").With("pool", name).With("var", field).With("val", Text(value)), done);
    }

    private void Check(Pool pool, PoolChange change)
    {
        Dictionary<string, string> wrong = new(StringComparer.Ordinal);
        if (change.PgNum is { } pgs)
        {
            if (pgs < 1)
            {
                wrong["pg_num"] = "at least 1";
            }
            else if (pgs > _limits.MaxPoolPgNum)
            {
                wrong["pg_num"] = $"{pgs} is above mon_max_pool_pg_num ({_limits.MaxPoolPgNum})";
            }
            else if (pgs != pool.PgNumTarget && pool.Flags.HasFlag(PoolFlags.NoPgChange))
            {
                wrong["pg_num"] = "the pool is marked nopgchange; set nopgchange to 0 first";
            }
        }

        if (change.PgpNum is { } pgps && (pgps < 1 || pgps > (change.PgNum ?? pool.PgNumTarget)))
        {
            wrong["pgp_num"] = $"1 to pg_num ({change.PgNum ?? pool.PgNumTarget})";
        }

        CheckSize(change.Size, change.MinSize, wrong);
        if (change is { MinSize: { } least, Size: null } && least > pool.Size)
        {
            wrong["min_size"] = $"1 to size ({pool.Size})";
        }

        if (change.Size is { } size && size != pool.Size && pool.Type == PoolType.Erasure)
        {
            wrong["size"] = "the size of an erasure-coded pool is its profile's and cannot be changed";
        }

        CheckRule(change.CrushRule, wrong);
        CheckSettings(change.Settings, wrong);
        if (wrong.Count > 0)
        {
            throw new RequestRefusedException(wrong);
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
