using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events;
using Kalmar.Manager.Events.Differences;

namespace Kalmar.Manager.Tests.Events;

public sealed class EssenceComparerTests
{
    private static readonly ClusterSnapshot Snapshot = new()
    {
        Name = "ceph",
        Id = new ClusterId(Guid.Empty),
        Changed = DateTimeOffset.UnixEpoch,
        Contact = new ClusterContact(ContactState.Connected, DateTimeOffset.UnixEpoch, null, null, ""),
    };

    public static TheoryData<string, string, string> Cases => new()
    {
        { """{"IsLost":false}""", """{"IsLost":true}""", "Warning Cluster 'ceph' is late reporting in" },
        { """{"Quorum":["a","b"],"Leader":"a"}""", """{"Quorum":["b"],"Leader":"b"}""", "Warning Mon 'ceph.a' left quorum|Info Mon 'ceph.b' now quorum leader" },
        { """{"Quorum":["b"]}""", """{"Quorum":["a","b"],"Daemons":{"mon.a":{"Version":"1","Host":"h"}}}""", "Info Added server h with 1 monitor service|Info Ceph 1 installed on h|Recovery Mon 'ceph.a' joined quorum (on h)" },
        { """{"Osds":{}}""", """{"Osds":{"4":{"IsUp":true,"IsIn":true,"Weight":65536}}}""", "Info OSD ceph.4 added to the cluster map|Recovery OSD ceph.4 came up" },
        { """{"Osds":{"4":{"IsUp":false,"IsIn":true,"Weight":65536}}}""", """{"Osds":{}}""", "Info OSD ceph.4 removed from the cluster map" },
        { """{"Osds":{"4":{"IsUp":true,"IsIn":true,"Weight":65536}}}""", """{"Osds":{"4":{"IsUp":true,"IsIn":true,"Weight":32768}}}""", "Info OSD ceph.4 was re-weighted from 100.0% to 50.0%" },
        { """{"Pools":{"1":"a","2":"b"}}""", """{"Pools":{"2":"c","3":"d"}}""", "Info pool ceph.2 renamed from 'b' to 'c'|Info pool ceph.3 added to cluster ceph|Info pool ceph.1 removed from cluster ceph" },
        { """{"Health":0}""", """{"Health":2}""", "Error Health of cluster 'ceph' degraded from HEALTH_OK to HEALTH_ERR" },
        { """{"Health":2}""", """{"Health":1}""", "Recovery Health of cluster 'ceph' recovered from HEALTH_ERR to HEALTH_WARN" },
        { """{"Checks":{}}""", """{"Checks":{"X":{"Severity":2,"Summary":"s","Count":1,"IsMuted":false}}}""", "Error Health check X: s" },
        { """{"Checks":{"X":{"Severity":1,"Summary":"1 s","Count":1,"IsMuted":false}}}""", """{"Checks":{"X":{"Severity":1,"Summary":"2 s","Count":2,"IsMuted":true}}}""", "Info Health check X was muted: 2 s|Info Health check X changed: 2 s (was: 1 s)" },
        { """{"Checks":{"X":{"Severity":1,"Summary":"3.1%","Count":1,"IsMuted":false}}}""", """{"Checks":{"X":{"Severity":1,"Summary":"3.2%","Count":1,"IsMuted":false}}}""", "" },
        { """{"Checks":{"SLOW_OPS":{"Severity":1,"Summary":"s","Count":1,"IsMuted":false}}}""", """{"Checks":{}}""", "Recovery Health check SLOW_OPS cleared (was: s)" },
        { """{"PgStates":{}}""", """{"PgStates":{"down":1,"degraded":3}}""", "Warning 3 PGs of cluster 'ceph' are degraded|Error 1 PG of cluster 'ceph' is down" },
        { """{"PgStates":{"down":1,"degraded":3}}""", """{"PgStates":{"down":2}}""", "Recovery No PG of cluster 'ceph' is degraded any more" },
        { """{"Fullness":{"osd.3":1}}""", """{"Fullness":{"cluster":2,"pool.x":1}}""", "Error Cluster 'ceph' is full|Recovery OSD ceph.3 is no longer nearly full|Warning Pool 'x' is nearly full" },
        { """{"Daemons":{"osd.1":{"Version":"16","Host":"h"}}}""", """{"Daemons":{"osd.1":{"Version":"18","Host":"h"}}}""", "Info osd.1 runs Ceph 18 now, 16 before (on h)" },
        { """{"ActiveManager":"x"}""", """{"ActiveManager":""}""", "Warning No mgr of cluster 'ceph' is active ('ceph.x' was)" },
        { """{"Flags":["noin"]}""", """{"Flags":["noout"]}""", "Info Flag noout of cluster 'ceph' was set|Info Flag noin of cluster 'ceph' was cleared" },
        { """{}""", """{"Osds":{"4":{"IsUp":true,"IsIn":true,"Weight":1}},"Pools":{"1":"a"},"Health":2,"Quorum":["a"]}""", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Difference_of_two_essences_gives_these_events(string before, string after, string expected)
    {
        IReadOnlyList<NewEvent> events = new EssenceComparer(Snapshot, Read(before), Read(after)).Compare();
        Assert.Equal(expected, string.Join('|', events.Select(e => $"{e.Severity} {e.Message}")));
        Assert.Empty(new EssenceComparer(Snapshot, Read(after), Read(after)).Compare());
    }

    private static ClusterEssence Read(string json) => System.Text.Json.JsonSerializer.Deserialize(json, EssenceJsonContext.Default.ClusterEssence)!;
}
