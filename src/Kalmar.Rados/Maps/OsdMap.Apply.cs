using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>The next version of a map.</content>
public sealed partial record OsdMap
{
    private const OsdMapFlags LegacyRequirements = OsdMapFlags.RequireJewel | OsdMapFlags.RequireKraken | OsdMapFlags.RequireLuminous;

    /// <summary>
    /// Makes the next version of the map and compares its checksum with the one that the monitors computed. What does not fit is told by
    /// the outcome, never thrown: whoever keeps the map then asks for a full one.
    /// </summary>
    /// <param name="incremental">What changed.</param>
    public OsdMapUpdate Apply(OsdMapIncremental incremental)
    {
        ArgumentNullException.ThrowIfNull(incremental);
        if (Epoch.Value != 0 && incremental.Fsid != Fsid)
        {
            return new OsdMapUpdate(this, OsdMapUpdateOutcome.WrongCluster, incremental.FullCrc, 0);
        }

        if (incremental.Epoch.Value != Epoch.Value + 1)
        {
            return new OsdMapUpdate(this, OsdMapUpdateOutcome.WrongEpoch, incremental.FullCrc, 0);
        }

        OsdMap? next = incremental.FullMap ?? Next(incremental);
        if (next is null)
        {
            return new OsdMapUpdate(this, OsdMapUpdateOutcome.Inconsistent, incremental.FullCrc, 0);
        }

        uint crc = next.ComputeCrc();
        OsdMapUpdateOutcome outcome = crc == incremental.FullCrc ? OsdMapUpdateOutcome.Applied : OsdMapUpdateOutcome.ChecksumMismatch;
        return new OsdMapUpdate(next, outcome, incremental.FullCrc, crc);
    }

    private OsdMap? Next(OsdMapIncremental incremental)
    {
        int maxOsd = incremental.NewMaxOsd >= 0 ? incremental.NewMaxOsd : MaxOsd;
        if (!Fits(incremental, maxOsd))
        {
            return null;
        }

        OsdMap next = this with
        {
            Fsid = incremental.Fsid,
            Epoch = incremental.Epoch,
            Modified = incremental.Modified,
            Flags = incremental.NewFlags ?? Flags,
            PoolMax = incremental.NewPoolMax != -1 ? (int)incremental.NewPoolMax : PoolMax,
            ClientVersion = incremental.ClientVersion >= 9 ? NewestClient : ClientVersion,
            Crush = incremental.NewCrush ?? Crush,
            CrushVersion = incremental.NewCrush is null ? CrushVersion : CrushVersion + 1,
        };
        next = next.WithOsds(incremental, maxOsd);
        next = next.WithPools(incremental);
        return next.WithSettings(incremental);
    }

    /// <summary>Every OSD that is named must have a slot, and there must not be more slots than OSDs that Ceph could have.</summary>
    private static bool Fits(OsdMapIncremental incremental, int maxOsd)
    {
        const int Most = 1 << 24;
        return maxOsd <= Most
            && Below(incremental.NewUpClient) && Below(incremental.NewUpCluster) && Below(incremental.NewHeartbeatBackUp)
            && Below(incremental.NewHeartbeatFrontUp) && Below(incremental.NewState) && Below(incremental.NewWeight)
            && Below(incremental.NewPrimaryAffinity) && Below(incremental.NewUpThrough) && Below(incremental.NewLastCleanInterval)
            && Below(incremental.NewLost) && Below(incremental.NewUuid) && Below(incremental.NewExtraInfo);

        bool Below<T>(ValueMap<OsdId, T> map) => map.Count == 0 || (map.KeySpan[0].Value >= 0 && map.KeySpan[^1].Value < maxOsd);
    }

    private OsdMap WithOsds(OsdMapIncremental incremental, int maxOsd)
    {
        var edit = new OsdSlots(this, maxOsd);
        edit.Apply(incremental);
        return edit.Result(this);
    }

    private OsdMap WithPools(OsdMapIncremental incremental)
    {
        Epoch epoch = incremental.Epoch;
        ValueMap<PoolId, ValueList<SnapInterval>> queue = RemovedSnapsQueue;
        foreach ((PoolId pool, ValueList<SnapInterval> snaps) in incremental.NewRemovedSnaps)
        {
            queue = queue.With([new(pool, SnapIntervals.Union(queue.GetValueOrDefault(pool, []), snaps))]);
        }

        foreach ((PoolId pool, ValueList<SnapInterval> snaps) in incremental.NewPurgedSnaps)
        {
            ValueList<SnapInterval> left = SnapIntervals.Subtract(queue.GetValueOrDefault(pool, []), snaps);
            queue = left.Count == 0 ? queue.With([], [pool]) : queue.With([new(pool, left)]);
        }

        return this with
        {
            Pools = Pools
                .With(incremental.NewPools.Select(p => KeyValuePair.Create(p.Key, p.Value with { LastChange = epoch })))
                .With([], incremental.OldPools),
            PoolNames = PoolNames.With(incremental.NewPoolNames).With([], incremental.OldPools),
            ErasureCodeProfiles = ErasureCodeProfiles.With(incremental.NewErasureCodeProfiles, incremental.OldErasureCodeProfiles),
            PgTemp = PgTemp.With(
                incremental.NewPgTemp.Where(p => p.Value.Count > 0), incremental.NewPgTemp.Where(p => p.Value.Count == 0).Select(p => p.Key)),
            PrimaryTemp = PrimaryTemp.With(
                incremental.NewPrimaryTemp.Where(p => p.Value.Value != -1),
                incremental.NewPrimaryTemp.Where(p => p.Value.Value == -1).Select(p => p.Key)),
            PgUpmap = PgUpmap.With(incremental.NewPgUpmap).With([], incremental.OldPgUpmap),
            PgUpmapItems = PgUpmapItems.With(incremental.NewPgUpmapItems).With([], incremental.OldPgUpmapItems),
            PgUpmapPrimaries = PgUpmapPrimaries.With(incremental.NewPgUpmapPrimaries).With([], incremental.OldPgUpmapPrimaries),
            NewRemovedSnaps = incremental.NewRemovedSnaps,
            NewPurgedSnaps = incremental.NewPurgedSnaps,
            RemovedSnapsQueue = queue,
        };
    }

    private OsdMap WithSettings(OsdMapIncremental incremental)
    {
        CephRelease release = incremental.NewRequireOsdRelease ?? RequireOsdRelease;
        bool named = incremental.ClusterSnapshot.Length > 0;
        return this with
        {
            Flags = release >= CephRelease.Luminous ? (Flags & ~LegacyRequirements) | OsdMapFlags.RecoveryDeletes : Flags,
            Blocklist = WithNew(Blocklist, incremental.NewBlocklist).With([], incremental.OldBlocklist),
            RangeBlocklist = WithNew(RangeBlocklist, incremental.NewRangeBlocklist).With([], incremental.OldRangeBlocklist),
            ClusterSnapshot = incremental.ClusterSnapshot,
            ClusterSnapshotEpoch = named ? incremental.Epoch : default,
            NearFullRatio = incremental.NewNearFullRatio >= 0 ? incremental.NewNearFullRatio : NearFullRatio,
            FullRatio = incremental.NewFullRatio >= 0 ? incremental.NewFullRatio : FullRatio,
            BackfillFullRatio = incremental.NewBackfillFullRatio >= 0 ? incremental.NewBackfillFullRatio : BackfillFullRatio,
            RequireMinCompatClient = incremental.NewRequireMinCompatClient ?? RequireMinCompatClient,
            RequireOsdRelease = release,
            LastUpChange = incremental.NewLastUpChange.IsZero ? LastUpChange : incremental.NewLastUpChange,
            LastInChange = incremental.NewLastInChange.IsZero ? LastInChange : incremental.NewLastInChange,
            CrushNodeFlags = WithFlags(CrushNodeFlags, incremental.NewCrushNodeFlags),
            DeviceClassFlags = WithFlags(DeviceClassFlags, incremental.NewDeviceClassFlags),
            StretchMode = incremental.ChangesStretchMode ? incremental.NewStretchMode : StretchMode,
            AllowCrimson = AllowCrimson || incremental.MutateAllowCrimson == 1,
        };
    }

    /// <summary>An address that is shut out already keeps its time: so do Ceph's own daemons (seen with 16.2.15).</summary>
    private static ValueMap<EntityAddress, Utime> WithNew(ValueMap<EntityAddress, Utime> blocklist, ValueMap<EntityAddress, Utime> more) =>
        blocklist.With(more.Where(m => !blocklist.ContainsKey(m.Key)));

    private static ValueMap<int, OsdState> WithFlags(ValueMap<int, OsdState> flags, ValueMap<int, OsdState> changes) =>
        flags.With(changes.Where(c => c.Value != OsdState.None), changes.Where(c => c.Value == OsdState.None).Select(c => c.Key));
}
