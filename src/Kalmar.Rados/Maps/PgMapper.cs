using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// Computes where placement groups go, as clients and OSDs do: CRUSH, exceptions (upmap), who is up, affinity, temporary sets. Holds
/// scratch space: one mapper serves one thread and any number of PGs of one map.
/// </summary>
/// <param name="map">The map.</param>
public sealed class PgMapper(OsdMap map)
{
    private readonly CrushMapper _crush = new(map.Crush);
    private readonly int[] _room = new int[byte.MaxValue];

    /// <summary>The map.</summary>
    public OsdMap Map { get; } = map;

    /// <summary>Whether the pool's rule can be computed; Squid's multi-step-retry rules cannot.</summary>
    /// <param name="pool">The pool.</param>
    public bool CanCompute(PoolId pool) => Map.Pools.TryGetValue(pool, out Pool? found) && _crush.CanCompute(found.CrushRule);

    /// <summary>All PGs of a pool, by seed.</summary>
    /// <param name="pool">The pool; an unknown one has no PGs.</param>
    public IEnumerable<KeyValuePair<PgId, PgMapping>> MapPool(PoolId pool)
    {
        uint count = Map.Pools.TryGetValue(pool, out Pool? found) ? found.PgNum : 0;
        for (uint seed = 0; seed < count; seed++)
        {
            var pg = new PgId(pool, seed);
            yield return KeyValuePair.Create(pg, MapPg(pg));
        }
    }

    /// <summary>
    /// Where one PG goes; <see cref="PgMapping.Nowhere"/> for one that does not exist, or whose rule is missing or cannot be computed.
    /// </summary>
    /// <param name="pg">The PG, with a seed below its pool's pg_num.</param>
    public PgMapping MapPg(PgId pg)
    {
        if (!Map.Pools.TryGetValue(pg.Pool, out Pool? pool) || pg.Seed >= pool.PgNum)
        {
            return PgMapping.Nowhere;
        }

        uint placement = pool.PlacementSeed(pg);
        List<OsdId> up = Raw(pg, pool, placement);
        ApplyUpmap(pg, up);
        Keep(up, pool, Map.IsUp);
        OsdId upPrimary = ApplyAffinity(pool, placement, up);
        List<OsdId> acting = Temporary(pg, pool);
        OsdId actingPrimary = Map.PrimaryTemp.TryGetValue(pg, out OsdId temporary) ? temporary
            : acting.Count > 0 ? First(acting)
            : upPrimary;
        ValueList<OsdId> upSet = [.. up];
        return new PgMapping(upSet, upPrimary, acting.Count > 0 ? [.. acting] : upSet, actingPrimary);
    }

    /// <summary>CRUSH's choice, without those that do not exist.</summary>
    private List<OsdId> Raw(PgId pg, Pool pool, uint placement)
    {
        var raw = new List<OsdId>(pool.Size);
        if (!_crush.CanCompute(pool.CrushRule) || !Suits(Map.Crush.RuleOf(pool.CrushRule)!, pool))
        {
            return raw;
        }

        Span<int> result = _room.AsSpan(0, pool.Size);
        ValueMap<int, CrushWeightSet>? weights = Map.Crush.ChooseArgsFor(pg.Pool.Value);
        int count = _crush.Run(pool.CrushRule, placement, result, Map.Weights.AsSpan(), weights);
        foreach (int item in result[..count])
        {
            raw.Add(new OsdId(item));
        }

        Keep(raw, pool, Map.Exists);
        return raw;
    }

    /// <summary>Until Pacific a rule was for pools of its type and of certain sizes only.</summary>
    private bool Suits(CrushRule rule, Pool pool) =>
        Map.RequireOsdRelease >= CephRelease.Quincy
        || (rule.Type == (byte)pool.Type && rule.MinSize <= pool.Size && rule.MaxSize >= pool.Size);

    /// <summary>Who fails the test leaves a replicated PG, and a hole in an erasure-coded one.</summary>
    private static void Keep(List<OsdId> osds, Pool pool, Func<OsdId, bool> test)
    {
        if (!pool.IsErasure)
        {
            osds.RemoveAll(o => !test(o));
            return;
        }

        for (int i = 0; i < osds.Count; i++)
        {
            osds[i] = test(osds[i]) ? osds[i] : OsdId.None;
        }
    }

    private void ApplyUpmap(PgId pg, List<OsdId> raw)
    {
        if (Map.PgUpmap.TryGetValue(pg, out ValueList<OsdId>? whole))
        {
            if (whole.Any(IsKnownOut))
            {
                return;
            }

            raw.Clear();
            raw.AddRange(whole);
        }

        if (Map.PgUpmapItems.TryGetValue(pg, out ValueList<PgUpmapItem>? items))
        {
            foreach (PgUpmapItem item in items)
            {
                int place = raw.IndexOf(item.From);
                if (place >= 0 && !raw.Contains(item.To) && !IsKnownOut(item.To))
                {
                    raw[place] = item.To;
                }
            }
        }

        if (Map.PgUpmapPrimaries.TryGetValue(pg, out OsdId primary) && (uint)primary.Value < (uint)Map.MaxOsd && !IsKnownOut(primary)
            && raw.IndexOf(primary) is var at and > 0)
        {
            (raw[0], raw[at]) = (primary, raw[0]);
        }
    }

    private bool IsKnownOut(OsdId osd) => (uint)osd.Value < (uint)Map.MaxOsd && Map.Weights[osd.Value] == 0;

    /// <summary>Passes the lead on from OSDs that are not willing; in a replicated PG the leader moves to the front.</summary>
    private OsdId ApplyAffinity(Pool pool, uint placement, List<OsdId> up)
    {
        OsdId primary = First(up);
        ValueList<uint> affinities = Map.PrimaryAffinities;
        if (affinities.Count == 0 || !up.Exists(o => !o.IsNone && affinities[o.Value] != OsdMap.FullWeight))
        {
            return primary;
        }

        int place = up.FindIndex(o => !o.IsNone && IsWilling(o));
        place = place >= 0 ? place : up.FindIndex(o => !o.IsNone);
        primary = up[place];
        if (!pool.IsErasure && place > 0)
        {
            up.RemoveAt(place);
            up.Insert(0, primary);
        }

        return primary;

        bool IsWilling(OsdId osd) =>
            affinities[osd.Value] >= OsdMap.FullWeight || CrushHash.Of(placement, (uint)osd.Value) >> 16 < affinities[osd.Value];
    }

    private List<OsdId> Temporary(PgId pg, Pool pool)
    {
        if (!Map.PgTemp.TryGetValue(pg, out ValueList<OsdId>? temporary))
        {
            return [];
        }

        List<OsdId> acting = [.. temporary];
        Keep(acting, pool, Map.IsUp);
        return acting;
    }

    private static OsdId First(List<OsdId> osds)
    {
        int index = osds.FindIndex(o => !o.IsNone);
        return index < 0 ? OsdId.None : osds[index];
    }
}
