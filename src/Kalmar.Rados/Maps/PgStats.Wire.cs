using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>The encoding.</content>
public sealed partial record PgStats
{
    private const byte Newest = 30;
    private const byte Oldest = 26;

    /// <inheritdoc/>
    public static PgStats Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("pg_stat_t", Newest, out byte version);
        if (version < Oldest)
        {
            throw body.Error($"pg_stat_t version {version} is older than Octopus's");
        }

        EVersion last = EVersion.Read(ref body);
        ulong sequence = body.ReadU64();
        var epoch = new Epoch(body.ReadU32());
        uint lowState = body.ReadU32();
        var stats = new PgStats
        {
            EncodingVersion = Math.Min(version, Newest),
            Version = last,
            ReportedSequence = sequence,
            ReportedEpoch = epoch,
            LogStart = EVersion.Read(ref body),
            OnDiskLogStart = EVersion.Read(ref body),
            Created = new Epoch(body.ReadU32()),
            LastEpochClean = new Epoch(body.ReadU32()),
            Parent = PgId.Read(ref body),
            ParentSplitBits = body.ReadU32(),
            LastScrub = EVersion.Read(ref body),
            LastScrubStamp = Utime.Read(ref body),
            Objects = ObjectStatsCollection.Read(ref body).Sum,
            LogSize = body.ReadI64(),
            OnDiskLogSize = body.ReadI64(),
            Up = body.ReadOsdList(),
            Acting = body.ReadOsdList(),
            LastFresh = Utime.Read(ref body),
            LastChange = Utime.Read(ref body),
            LastActive = Utime.Read(ref body),
            LastClean = Utime.Read(ref body),
            LastUnstale = Utime.Read(ref body),
            MappingEpoch = new Epoch(body.ReadU32()),
            LastDeepScrub = EVersion.Read(ref body),
            LastDeepScrubStamp = Utime.Read(ref body),
            Invalid = ReadFlag(ref body, PgInvalidStats.All),
            LastCleanScrubStamp = Utime.Read(ref body),
            LastBecameActive = Utime.Read(ref body),
        };
        return ReadSecondHalf(ref body, stats, version, lowState);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(EncodingVersion, 22);
        Version.Write(writer);
        writer.WriteU64(ReportedSequence);
        writer.WriteU32(ReportedEpoch.Value);
        writer.WriteU32((uint)State);
        LogStart.Write(writer);
        OnDiskLogStart.Write(writer);
        writer.WriteU32(Created.Value);
        writer.WriteU32(LastEpochClean.Value);
        Parent.Write(writer);
        writer.WriteU32(ParentSplitBits);
        LastScrub.Write(writer);
        LastScrubStamp.Write(writer);
        new ObjectStatsCollection(Objects).Write(writer);
        writer.WriteI64(LogSize);
        writer.WriteI64(OnDiskLogSize);
        writer.WriteOsdList(Up);
        writer.WriteOsdList(Acting);
        LastFresh.Write(writer);
        LastChange.Write(writer);
        LastActive.Write(writer);
        LastClean.Write(writer);
        LastUnstale.Write(writer);
        writer.WriteU32(MappingEpoch.Value);
        LastDeepScrub.Write(writer);
        LastDeepScrubStamp.Write(writer);
        writer.WriteBool(Invalid.HasFlag(PgInvalidStats.All));
        LastCleanScrubStamp.Write(writer);
        LastBecameActive.Write(writer);
        WriteSecondHalf(writer);
        writer.EndStruct(mark);
    }

    private static PgInvalidStats ReadFlag(ref WireReader body, PgInvalidStats flag) => body.ReadBool() ? flag : PgInvalidStats.None;

    private static PgStats ReadSecondHalf(ref WireReader body, PgStats stats, byte version, uint lowState)
    {
        PgInvalidStats invalid = stats.Invalid | ReadFlag(ref body, PgInvalidStats.Dirty);
        var upPrimary = new OsdId(body.ReadI32());
        var actingPrimary = new OsdId(body.ReadI32());
        invalid |= ReadFlag(ref body, PgInvalidStats.Omap) | ReadFlag(ref body, PgInvalidStats.HitSet);
        ValueList<OsdId> blockedBy = body.ReadOsdList();
        Utime undegraded = Utime.Read(ref body);
        Utime fullSized = Utime.Read(ref body);
        invalid |= ReadFlag(ref body, PgInvalidStats.HitSetBytes);
        Utime peered = Utime.Read(ref body);
        Utime becamePeered = Utime.Read(ref body);
        invalid |= ReadFlag(ref body, PgInvalidStats.Pin);
        uint snapTrimQueue = body.ReadU32();
        uint highState = body.ReadU32();
        ValueList<SnapInterval> purged = body.ReadIntervals();
        invalid |= ReadFlag(ref body, PgInvalidStats.Manifest);
        stats = stats with
        {
            State = (PgState)(lowState | ((ulong)highState << 32)),
            Invalid = invalid,
            UpPrimary = upPrimary,
            ActingPrimary = actingPrimary,
            BlockedBy = blockedBy,
            LastUndegraded = undegraded,
            LastFullSized = fullSized,
            LastPeered = peered,
            LastBecamePeered = becamePeered,
            SnapTrimQueueLength = snapTrimQueue,
            PurgedSnaps = purged,
            AvailableNoMissing = body.ReadValues<PgShard>(11),
            ObjectLocations = body.ReadValues(static (ref WireReader r) => new PgLocationCount(r.ReadValues<PgShard>(11), r.ReadI32()), 8),
        };
        return version < 27 ? stats : ReadSinceQuincy(ref body, stats, version);
    }

    private static PgStats ReadSinceQuincy(ref WireReader body, PgStats stats, byte version)
    {
        stats = stats with
        {
            LastScrubDuration = body.ReadI32(),
            ScrubSchedule = PgScrubSchedule.Read(ref body),
            ObjectsScrubbed = body.ReadI64(),
        };
        if (version >= 28)
        {
            stats = stats with { ScrubDuration = body.ReadF64(), ObjectsTrimmed = body.ReadI64(), SnapTrimDuration = body.ReadF64() };
        }

        return version < 29 ? stats : stats with { LogDuplicatesSize = body.ReadI64(), NewerFields = ValueList.Create(body.Rest) };
    }

    private void WriteSecondHalf(WireWriter writer)
    {
        writer.WriteBool(Invalid.HasFlag(PgInvalidStats.Dirty));
        writer.WriteI32(UpPrimary.Value);
        writer.WriteI32(ActingPrimary.Value);
        writer.WriteBool(Invalid.HasFlag(PgInvalidStats.Omap));
        writer.WriteBool(Invalid.HasFlag(PgInvalidStats.HitSet));
        writer.WriteOsdList(BlockedBy);
        LastUndegraded.Write(writer);
        LastFullSized.Write(writer);
        writer.WriteBool(Invalid.HasFlag(PgInvalidStats.HitSetBytes));
        LastPeered.Write(writer);
        LastBecamePeered.Write(writer);
        writer.WriteBool(Invalid.HasFlag(PgInvalidStats.Pin));
        writer.WriteU32(SnapTrimQueueLength);
        writer.WriteU32((uint)((ulong)State >> 32));
        writer.WriteIntervals(PurgedSnaps);
        writer.WriteBool(Invalid.HasFlag(PgInvalidStats.Manifest));
        writer.WriteList(AvailableNoMissing);
        writer.WriteList(ObjectLocations, static (w, v) =>
        {
            w.WriteList(v.Shards);
            w.WriteI32(v.Objects);
        });
        if (EncodingVersion >= 27)
        {
            writer.WriteI32(LastScrubDuration);
            ScrubSchedule.Write(writer);
            writer.WriteI64(ObjectsScrubbed);
        }

        if (EncodingVersion >= 28)
        {
            writer.WriteF64(ScrubDuration);
            writer.WriteI64(ObjectsTrimmed);
            writer.WriteF64(SnapTrimDuration);
        }

        if (EncodingVersion >= 29)
        {
            writer.WriteI64(LogDuplicatesSize);
            writer.WriteBytes(NewerFields.AsSpan());
        }
    }
}
