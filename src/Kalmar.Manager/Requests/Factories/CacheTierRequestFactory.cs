using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Pools that are caches of other pools.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class CacheTierRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    // pg_pool_t::cache_mode_t of Ceph.
    private const byte WriteBack = 1;

    /// <summary>Puts a pool before another one as its cache: joins them, sets the mode, and sends clients to it.</summary>
    /// <param name="basePool">The pool that is cached.</param>
    /// <param name="cachePool">The cache.</param>
    /// <param name="mode"><c>writeback</c>, <c>proxy</c>, <c>readproxy</c>, <c>readonly</c> or <c>none</c>.</param>
    /// <param name="allowNonEmpty">Take a cache that holds objects.</param>
    public RequestPlan Add(PoolId basePool, PoolId cachePool, string mode, bool allowNonEmpty = false)
    {
        (string name, string cache) = Names(basePool, cachePool);
        NeedMode(mode);
        if (Map.Pools[cachePool].TierOf.Value >= 0)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"pool '{cache}' is a cache of pool {Map.Pools[cachePool].TierOf} already");
        }

        CephCommand add = new CephCommand("osd tier add").With("pool", name).With("tierpool", cache);
        return Plan(
            $"Making pool '{cache}' a cache of '{name}'",
            basePool,
            cachePool,
            OsdStep(allowNonEmpty ? add.With("force_nonempty", "--force-nonempty") : add),
            Mode(cache, mode),
            OsdStep(new CephCommand("osd tier set-overlay").With("pool", name).With("overlaypool", cache)));
    }

    /// <summary>Sets the mode of a cache.</summary>
    /// <param name="cachePool">The cache.</param>
    /// <param name="mode"><c>writeback</c>, <c>proxy</c>, <c>readproxy</c>, <c>readonly</c> or <c>none</c>.</param>
    public RequestPlan SetMode(PoolId cachePool, string mode)
    {
        (Pool cache, string name) = NeedPool(cachePool);
        NeedMode(mode);
        return cache.TierOf.Value < 0
            ? throw new RequestRefusedException(RefusalReason.Conflict, "", $"pool '{name}' is no cache")
            : Plan($"Setting cache mode of pool '{name}' to {mode}", cache.TierOf, cachePool, Mode(name, mode));
    }

    /// <summary>
    /// Takes a cache away again. It must have been flushed: set mode <c>proxy</c>, wait until it is empty. One that still takes writes is refused,
    /// because Ceph would take it away with what only the cache holds.
    /// </summary>
    /// <param name="basePool">The pool that is cached.</param>
    /// <param name="cachePool">The cache.</param>
    public RequestPlan Remove(PoolId basePool, PoolId cachePool)
    {
        (string name, string cache) = Names(basePool, cachePool);
        if (Map.Pools[cachePool].TierOf != basePool)
        {
            throw new RequestRefusedException(RefusalReason.Conflict, "", $"pool '{cache}' is no cache of '{name}'");
        }

        if (Map.Pools[cachePool].CacheMode == WriteBack)
        {
            throw new RequestRefusedException(
                RefusalReason.Conflict,
                "",
                $"pool '{cache}' is in mode writeback and may hold what pool '{name}' has not; set mode proxy, flush it ('rados -p {cache} cache-flush-evict-all'), then remove it");
        }

        return Plan(
            $"Removing cache '{cache}' from pool '{name}'",
            basePool,
            cachePool,
            OsdStep(new CephCommand("osd tier remove-overlay").With("pool", name)),
            OsdStep(new CephCommand("osd tier remove").With("pool", name).With("tierpool", cache)));
    }

    private static RequestStep Mode(string cache, string mode) =>
        OsdStep(new CephCommand("osd tier cache-mode").With("pool", cache).With("mode", mode).With("yes_i_really_mean_it", true));

    private static void NeedMode(string mode) => NeedOneOf("mode", mode, "writeback", "proxy", "readproxy", "readonly", "none");

    private static RequestPlan Plan(string headline, PoolId basePool, PoolId cachePool, params IReadOnlyList<RequestStep> steps) => new()
    {
        Kind = RequestKind.OsdMapModifying,
        Headline = headline,
        Steps = steps,
        Touches = [$"pool {basePool}", $"pool {cachePool}"],
    };

    private (string Name, string Cache) Names(PoolId basePool, PoolId cachePool) => basePool == cachePool
        ? throw new RequestRefusedException(RefusalReason.Invalid, "cache", "a pool is no cache of itself")
        : (NeedPool(basePool).Name, NeedPool(cachePool).Name);
}
