using System.Text.Json.Serialization;
using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests.Conditions;

/// <summary>
/// Something that a cluster's snapshot shows or does not: how a request knows that its change is there. Immutable, and stored with the
/// request as JSON.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(PoolExists), "pool_exists")]
[JsonDerivedType(typeof(PoolGone), "pool_gone")]
[JsonDerivedType(typeof(PoolReady), "pool_ready")]
[JsonDerivedType(typeof(PoolPgNum), "pool_pg_num")]
[JsonDerivedType(typeof(PoolValue), "pool_value")]
[JsonDerivedType(typeof(PoolSnapshotExists), "pool_snapshot")]
[JsonDerivedType(typeof(OsdValue), "osd_value")]
[JsonDerivedType(typeof(FlagValue), "flag")]
[JsonDerivedType(typeof(CrushItemExists), "crush_item")]
[JsonDerivedType(typeof(CrushItemWeight), "crush_weight")]
[JsonDerivedType(typeof(CrushRuleExists), "crush_rule")]
[JsonDerivedType(typeof(CrushVersionAbove), "crush_version")]
[JsonDerivedType(typeof(ProfileExists), "profile")]
[JsonDerivedType(typeof(MonitorExists), "mon")]
[JsonDerivedType(typeof(FileSystemExists), "fs")]
[JsonDerivedType(typeof(OsdDownAfter), "osd_down_after")]
[JsonDerivedType(typeof(OsdLost), "osd_lost")]
[JsonDerivedType(typeof(ModuleEnabled), "mgr_module")]
[JsonDerivedType(typeof(ElectionStrategyIs), "mon_election")]
[JsonDerivedType(typeof(LeaderDisallowed), "mon_disallowed")]
public abstract record MapCondition
{
    /// <summary>True when the snapshot shows it. False also when the map is not known yet.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public abstract bool Holds(ClusterSnapshot snapshot);

    /// <summary>What is waited for and how far it is, for a status line or a time-out: <c>pool 'x' to have 64 PGs (has 23)</c>.</summary>
    /// <param name="snapshot">The snapshot.</param>
    public abstract string Describe(ClusterSnapshot snapshot);
}
