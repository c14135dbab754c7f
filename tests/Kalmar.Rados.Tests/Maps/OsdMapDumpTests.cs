using System.Globalization;
using System.Text.Json;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

/// <summary>Field by field against <c>ceph osd dump -f json</c> of the cluster whose maps were recorded.</summary>
public sealed class OsdMapDumpTests
{
    public static TheoryData<uint> Epochs => [60, 110, 140, 167];

    [Theory]
    [MemberData(nameof(Epochs))]
    public void Read_gives_the_cluster_settings_that_ceph_dumps(uint epoch)
    {
        (OsdMap map, JsonElement dump) = At(epoch);
        Assert.Equal(dump.GetProperty("epoch").GetUInt32(), map.Epoch.Value);
        Assert.Equal(dump.GetProperty("fsid").GetGuid(), map.Fsid);
        Assert.Equal(dump.GetProperty("created").GetString(), Text(map.Created));
        Assert.Equal(dump.GetProperty("modified").GetString(), Text(map.Modified));
        Assert.Equal(dump.GetProperty("last_up_change").GetString(), Text(map.LastUpChange));
        Assert.Equal(dump.GetProperty("last_in_change").GetString(), Text(map.LastInChange));
        Assert.Equal(dump.GetProperty("flags").GetString(), string.Join(',', map.Flags.ToNames()));
        Assert.Equal(dump.GetProperty("flags_num").GetUInt32(), (uint)map.Flags);
        Assert.Equal(dump.GetProperty("crush_version").GetInt32(), map.CrushVersion);
        Assert.Equal(dump.GetProperty("full_ratio").GetSingle(), map.FullRatio);
        Assert.Equal(dump.GetProperty("backfillfull_ratio").GetSingle(), map.BackfillFullRatio);
        Assert.Equal(dump.GetProperty("nearfull_ratio").GetSingle(), map.NearFullRatio);
        Assert.Equal(dump.GetProperty("pool_max").GetInt32(), map.PoolMax);
        Assert.Equal(dump.GetProperty("max_osd").GetInt32(), map.MaxOsd);
        Assert.Equal(dump.GetProperty("require_min_compat_client").GetString(), map.RequireMinCompatClient.ToString(), ignoreCase: true);
        Assert.Equal(dump.GetProperty("require_osd_release").GetString(), map.RequireOsdRelease.ToString(), ignoreCase: true);
        Assert.Equal(
            Object(dump.GetProperty("blocklist")),
            map.Blocklist.Select(b => $"{b.Key.ToString()["any:".Length..]}={Text(b.Value)}").Order(StringComparer.Ordinal));
        Assert.Equal(
            dump.GetProperty("erasure_code_profiles").EnumerateObject().Select(p => $"{p.Name}: {string.Join(',', Object(p.Value))}"),
            map.ErasureCodeProfiles.Select(p => $"{p.Key}: {string.Join(',', p.Value.Select(v => $"{v.Key}={v.Value}"))}"));
        Assert.Equal(
            dump.GetProperty("crush_node_flags").EnumerateObject().Select(p => $"{p.Name}: {List(p.Value)}").Order(StringComparer.Ordinal),
            map.CrushNodeFlags.Select(f => $"{map.Crush.NameOf(f.Key)}: {string.Join(',', f.Value.ToNames())}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Epochs))]
    public void Read_gives_the_osds_that_ceph_dumps(uint epoch)
    {
        (OsdMap map, JsonElement dump) = At(epoch);
        JsonElement[] expected = [.. dump.GetProperty("osds").EnumerateArray()];
        JsonElement[] extra = [.. dump.GetProperty("osd_xinfo").EnumerateArray()];
        OsdEntry[] osds = [.. map.Osds];
        Assert.Equal(expected.Length, osds.Length);
        Assert.Equal(expected.Length, map.OsdCount);
        Assert.Equal(expected.Sum(o => o.GetProperty("up").GetInt32()), map.UpCount);
        Assert.Equal(expected.Sum(o => o.GetProperty("in").GetInt32()), map.InCount);
        for (int i = 0; i < osds.Length; i++)
        {
            OsdEntry osd = osds[i];
            JsonElement json = expected[i];
            Assert.Equal(json.GetProperty("osd").GetInt32(), osd.Id.Value);
            Assert.Equal(json.GetProperty("uuid").GetGuid(), osd.Uuid);
            Assert.Equal(json.GetProperty("up").GetInt32() == 1, osd.IsUp);
            Assert.Equal(json.GetProperty("in").GetInt32() == 1, osd.IsIn);
            Assert.Equal(json.GetProperty("weight").GetDouble(), osd.Weight, 6);
            Assert.Equal(json.GetProperty("primary_affinity").GetDouble(), osd.PrimaryAffinity, 6);
            Assert.Equal(json.GetProperty("last_clean_begin").GetUInt32(), osd.Info.LastCleanBegin.Value);
            Assert.Equal(json.GetProperty("last_clean_end").GetUInt32(), osd.Info.LastCleanEnd.Value);
            Assert.Equal(json.GetProperty("up_from").GetUInt32(), osd.Info.UpFrom.Value);
            Assert.Equal(json.GetProperty("up_thru").GetUInt32(), osd.Info.UpThrough.Value);
            Assert.Equal(json.GetProperty("down_at").GetUInt32(), osd.Info.DownAt.Value);
            Assert.Equal(json.GetProperty("lost_at").GetUInt32(), osd.Info.LostAt.Value);
            Assert.Equal(Addresses(json.GetProperty("public_addrs")), Addresses(osd.ClientAddresses));
            Assert.Equal(Addresses(json.GetProperty("cluster_addrs")), Addresses(osd.ClusterAddresses));
            Assert.Equal(Addresses(json.GetProperty("heartbeat_back_addrs")), Addresses(osd.HeartbeatBackAddresses));
            Assert.Equal(Addresses(json.GetProperty("heartbeat_front_addrs")), Addresses(osd.HeartbeatFrontAddresses));
            Assert.Equal(
                json.GetProperty("state").EnumerateArray().Select(s => s.GetString()!).Order(StringComparer.Ordinal),
                osd.State.ToNames().Order(StringComparer.Ordinal));
            Assert.Equal(extra[i].GetProperty("down_stamp").GetString(), Text(osd.ExtraInfo.DownStamp));
            Assert.Equal(extra[i].GetProperty("features").GetUInt64(), osd.ExtraInfo.Features);
            Assert.Equal(extra[i].GetProperty("old_weight").GetDouble(), osd.ExtraInfo.OldWeight / 65536.0, 6);
            Assert.Equal(extra[i].GetProperty("dead_epoch").GetUInt32(), osd.ExtraInfo.DeadEpoch.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Epochs))]
    public void Read_gives_the_pools_that_ceph_dumps(uint epoch)
    {
        (OsdMap map, JsonElement dump) = At(epoch);
        JsonElement[] expected = [.. dump.GetProperty("pools").EnumerateArray()];
        Assert.Equal(expected.Length, map.Pools.Count);
        foreach (JsonElement json in expected)
        {
            var id = new PoolId(json.GetProperty("pool").GetInt64());
            Pool pool = map.Pools[id];
            Assert.Equal(json.GetProperty("pool_name").GetString(), map.PoolNames[id]);
            Assert.Equal(id, map.FindPool(map.PoolNames[id]));
            var actual = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["create_time"] = Text(pool.CreateTime),
                ["flags"] = (long)pool.Flags,
                ["flags_names"] = string.Join(',', pool.Flags.ToNames()),
                ["type"] = (long)pool.Type,
                ["size"] = (long)pool.Size,
                ["min_size"] = (long)pool.MinSize,
                ["crush_rule"] = (long)pool.CrushRule,
                ["object_hash"] = (long)pool.ObjectHash,
                ["pg_autoscale_mode"] = pool.AutoscaleMode.ToString().ToLowerInvariant(),
                ["pg_num"] = (long)pool.PgNum,
                ["pg_placement_num"] = (long)pool.PgpNum,
                ["pg_placement_num_target"] = (long)pool.PgpNumTarget,
                ["pg_num_target"] = (long)pool.PgNumTarget,
                ["pg_num_pending"] = (long)pool.PgNumPending,
                ["last_change"] = pool.LastChange.ToString(),
                ["last_force_op_resend"] = pool.LastForceResend.ToString(),
                ["last_force_op_resend_prenautilus"] = pool.LastForceResendPreNautilus.ToString(),
                ["last_force_op_resend_preluminous"] = pool.LastForceResendPreLuminous.ToString(),
                ["snap_seq"] = (long)pool.SnapSequence,
                ["snap_epoch"] = (long)pool.SnapEpoch.Value,
                ["quota_max_bytes"] = (long)pool.QuotaMaxBytes,
                ["quota_max_objects"] = (long)pool.QuotaMaxObjects,
                ["tier_of"] = pool.TierOf.Value,
                ["read_tier"] = pool.ReadTier.Value,
                ["write_tier"] = pool.WriteTier.Value,
                ["target_max_bytes"] = (long)pool.TargetMaxBytes,
                ["target_max_objects"] = (long)pool.TargetMaxObjects,
                ["cache_target_dirty_ratio_micro"] = (long)pool.CacheTargetDirtyRatioMicro,
                ["cache_target_dirty_high_ratio_micro"] = (long)pool.CacheTargetDirtyHighRatioMicro,
                ["cache_target_full_ratio_micro"] = (long)pool.CacheTargetFullRatioMicro,
                ["cache_min_flush_age"] = (long)pool.CacheMinFlushAge,
                ["cache_min_evict_age"] = (long)pool.CacheMinEvictAge,
                ["erasure_code_profile"] = pool.ErasureCodeProfile,
                ["hit_set_period"] = (long)pool.HitSetPeriod,
                ["hit_set_count"] = (long)pool.HitSetCount,
                ["min_read_recency_for_promote"] = (long)pool.MinReadRecencyForPromote,
                ["min_write_recency_for_promote"] = (long)pool.MinWriteRecencyForPromote,
                ["hit_set_search_last_n"] = (long)pool.HitSetSearchLastN,
                ["stripe_width"] = (long)pool.StripeWidth,
                ["expected_num_objects"] = (long)pool.ExpectedObjects,
            };
            foreach ((string name, object? value) in actual)
            {
                JsonElement field = json.GetProperty(name);
                object? wanted = field.ValueKind == JsonValueKind.Number ? field.GetInt64() : field.GetString();
                Assert.True(Equals(wanted, value), $"pool {id} {name}: {wanted} dumped, {value} read");
            }

            Assert.Equal(List(json.GetProperty("tiers")), string.Join(',', pool.Tiers));
            Assert.Equal(
                json.GetProperty("pool_snaps").EnumerateArray().Select(s => s.GetProperty("name").GetString()), pool.Snapshots.Values.Select(s => s.Name));
            Assert.Equal(
                json.GetProperty("application_metadata").EnumerateObject().Select(a => $"{a.Name}: {string.Join(',', Object(a.Value))}"),
                pool.Applications.Select(a => $"{a.Key}: {string.Join(',', a.Value.Select(v => $"{v.Key}={v.Value}"))}"));
            Assert.Equal(
                json.GetProperty("options").EnumerateObject().Select(o => $"{o.Name}={Plain(o.Value)}").Order(StringComparer.Ordinal),
                pool.Options.Select(o => $"{OptionName(o.Key)}={o.Value}").Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Epochs))]
    public void Read_gives_the_exceptions_that_ceph_dumps(uint epoch)
    {
        (OsdMap map, JsonElement dump) = At(epoch);
        Assert.Equal(
            dump.GetProperty("pg_temp").EnumerateArray().Select(p => $"{p.GetProperty("pgid").GetString()} {List(p.GetProperty("osds"))}"),
            map.PgTemp.Select(p => $"{p.Key} {string.Join(',', p.Value.Select(o => o.Value))}"));
        Assert.Equal(
            dump.GetProperty("primary_temp").EnumerateArray().Select(e => e.ToString()).Chunk(2).Select(p => $"{p[0]} {p[1]}"),
            map.PrimaryTemp.Select(p => $"{p.Key} {p.Value.Value}"));
        Assert.Equal(
            dump.GetProperty("pg_upmap").EnumerateArray().Select(p => $"{p.GetProperty("pgid").GetString()} {List(p.GetProperty("osds"))}"),
            map.PgUpmap.Select(p => $"{p.Key} {string.Join(',', p.Value.Select(o => o.Value))}"));
        Assert.Equal(
            dump.GetProperty("pg_upmap_items").EnumerateArray().Select(p =>
                $"{p.GetProperty("pgid").GetString()} {string.Join(',', p.GetProperty("mappings").EnumerateArray().Select(m => $"{m.GetProperty("from")}>{m.GetProperty("to")}"))}"),
            map.PgUpmapItems.Select(p => $"{p.Key} {string.Join(',', p.Value.Select(m => $"{m.From.Value}>{m.To.Value}"))}"));
        Assert.Equal(
            dump.GetProperty("removed_snaps_queue").EnumerateArray().Select(Snaps),
            map.RemovedSnapsQueue.Select(q => $"{q.Key}: {string.Join(',', q.Value.Select(s => $"{s.Start}+{s.Length}"))}"));

        static string Snaps(JsonElement json) =>
            $"{json.GetProperty("pool")}: {string.Join(',', json.GetProperty("snaps").EnumerateArray().Select(s => $"{s.GetProperty("begin")}+{s.GetProperty("length")}"))}";
    }

    private static (OsdMap Map, JsonElement Dump) At(uint epoch) =>
        (EncodingCheck.Decode<OsdMap>(RecordedMaps.Pacific.Full[epoch], $"epoch {epoch}"), RecordedMaps.Pacific.Dumps[epoch].RootElement);

    private static string Text(Utime time) => string.Create(
        CultureInfo.InvariantCulture, $"{(time.IsZero ? "0.000000" : $"{time.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ss.ffffff}+0000")}");

    private static string List(JsonElement json) => string.Join(',', json.EnumerateArray().Select(e => e.ToString()));

    private static IEnumerable<string> Object(JsonElement json) =>
        json.EnumerateObject().Select(p => $"{p.Name}={p.Value}").Order(StringComparer.Ordinal);

    /// <summary>Ceph writes 0.7 as 0.69999999999999996.</summary>
    private static string Plain(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number ? json.GetDouble().ToString(CultureInfo.InvariantCulture) : json.ToString();

    private static string Addresses(JsonElement json) => string.Join(
        ',', json.GetProperty("addrvec").EnumerateArray().Select(a => $"{a.GetProperty("type")}:{a.GetProperty("addr")}/{a.GetProperty("nonce")}"));

    private static string Addresses(EntityAddressVector addresses) => string.Join(',', addresses.Addresses);

    /// <summary>CompressionMaxBlobSize is compression_max_blob_size, but ChecksumType is csum_type.</summary>
    private static string OptionName(PoolOption option) => string
        .Concat(option.ToString().Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"))
        .TrimStart('_')
        .Replace("checksum", "csum", StringComparison.Ordinal);
}
