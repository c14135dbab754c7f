namespace Kalmar.Server.Endpoints.Calamari.OpenApi;

/// <summary>How the answers that clients read most look like.</summary>
internal static class ResponseExamples
{
    private const string Osd = """{"uuid":"3c1c5d0e-1d2f-4a55-9a8b-0f4f3b2a1c00","up":true,"in":true,"id":0,"reweight":1.0,"server":"node1","pools":[1,2],"valid_commands":["scrub","deep_scrub","repair"],"public_addr":"192.0.2.10:6801/4711","cluster_addr":"192.0.2.10:6803/4711","crush_node_ancestry":[[-3,-1]],"backend_partition_path":"/dev/dm-0","backend_device_node":"/dev/sda","osd_data":"/var/lib/ceph/osd/ceph-0","osd_journal":null}""";
    private const string Pool = """{"name":"data","id":2,"size":3,"pg_num":64,"crush_ruleset":0,"min_size":2,"crash_replay_interval":0,"pgp_num":64,"hashpspool":true,"full":false,"quota_max_objects":0,"quota_max_bytes":0,"type":"replicated","erasure_code_profile":null}""";
    private const string Request = """{"id":"0b8e6f0c-5d0e-4d3e-9a36-6c8f1f0c7a11","state":"complete","error":false,"error_message":"","headline":"Growing pool 'data' to 64 PGs","status":"","requested_at":"2026-11-21T12:00:00+00:00","completed_at":"2026-11-21T12:00:09+00:00"}""";
    private const string Event = """{"when":"2026-11-21T12:00:00+00:00","severity":"WARNING","message":"OSD ceph.3 went down (on node1)","id":42,"kind":"osd.up","cluster":"6f9e2c1a-3b4d-4e5f-8a90-112233445566","entity":"osd.3","server":"node1"}""";

    private static readonly Dictionary<string, string> ByPath = new(StringComparer.Ordinal)
    {
        ["cluster"] = """[{"update_time":"2026-11-21T12:00:00+00:00","id":"6f9e2c1a-3b4d-4e5f-8a90-112233445566","name":"ceph"}]""",
        ["cluster/{fsid}/osd"] = $"[{Osd}]",
        ["cluster/{fsid}/osd/{id}"] = Osd,
        ["cluster/{fsid}/pool"] = $"[{Pool}]",
        ["cluster/{fsid}/pool/{id}"] = Pool,
        ["request"] = $$"""{"count":1,"next":null,"previous":null,"results":[{{Request}}]}""",
        ["cluster/{fsid}/request"] = $$"""{"count":1,"next":null,"previous":null,"results":[{{Request}}]}""",
        ["request/{id}"] = Request,
        ["event"] = $$"""{"count":1,"next":null,"previous":null,"results":[{{Event}}]}""",
        ["cluster/{fsid}/event"] = $$"""{"count":1,"next":null,"previous":null,"results":[{{Event}}]}""",
        ["cluster/{fsid}/mon"] = """[{"name":"a","rank":0,"in_quorum":true,"server":"node1","addr":"192.0.2.1:6789/0","leader":true}]""",
        ["cluster/{fsid}/osd_config"] = """{"pause":false,"noup":false,"nodown":false,"noout":true,"noin":false,"nobackfill":false,"norecover":false,"noscrub":false,"nodeep-scrub":false}""",
        ["cluster/{fsid}/cli"] = """{"out":"data\n","err":"","status":0}""",
    };

    /// <summary>The example for an address of v2; null when there is none.</summary>
    /// <param name="path">As <c>api/v2/cluster/{fsid}/osd/{id}</c>.</param>
    public static string? For(string path) => path.StartsWith("api/v2/", StringComparison.Ordinal) ? ByPath.GetValueOrDefault(path["api/v2/".Length..]) : null;
}
