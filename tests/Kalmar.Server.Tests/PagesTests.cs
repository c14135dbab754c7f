using System.Net;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Server.Tests.Hosting;
using Kalmar.Wire;

namespace Kalmar.Server.Tests;

public sealed class PagesTests
{
    private const string Overview = "/cluster/" + Samples.Fsid;
    private static readonly string[] Pages = [Overview, Overview + "/osds", Overview + "/pools", Overview + "/pgs", Overview + "/daemons"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overview_of_a_healthy_cluster_shows_every_part_with_source_and_age()
    {
        string text = await TextAsync(Overview);
        Assert.Contains("HEALTH_OK", text, StringComparison.Ordinal);
        Assert.Contains("6 up, 6 in of 6", text, StringComparison.Ordinal);
        Assert.Contains("97 of 97 PGs active+clean", text, StringComparison.Ordinal);
        Assert.Contains("38.3 % of 60 GiB raw", text, StringComparison.Ordinal);
        Assert.Contains("Read 11.8 MiB/s 312/s operations Write 4.36 MiB/s 145/s operations", text, StringComparison.Ordinal);
        Assert.Contains("3 of 3 in quorum a · leader b c", text, StringComparison.Ordinal);
        Assert.Contains("x active Standbys y", text, StringComparison.Ordinal);
        Assert.Contains("1 file system home 1 of 1 active Standbys n", text, StringComparison.Ordinal);
        Assert.Contains("mon.a osdmap, epoch 42 · came 7 min ago", text, StringComparison.Ordinal);
        Assert.Contains("mgr.x status · 2 s ago", text, StringComparison.Ordinal);
        Assert.Contains("talking to mon.a, last word 1 s ago", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_of_an_ailing_cluster_shows_every_check_with_its_detail()
    {
        string page = await PageAsync(Overview, ailing: true);
        string text = Html.Text(page);
        Assert.Contains("<title>HEALTH_WARN · Overview · ceph · Kalmar</title>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("OSD_DOWN 1 osds down osd.4 (root=default,host=gamma) is down", text, StringComparison.Ordinal);
        Assert.Contains("pg 1.7 is active+undersized+degraded, acting [1,3]", text, StringComparison.Ordinal);
        Assert.Contains("Muted OSDMAP_FLAGS noscrub flag(s) set muted", text, StringComparison.Ordinal);
        Assert.Contains("5 up, 5 in of 6 Down 1 down Out 1 out Flags noscrub", text, StringComparison.Ordinal);
        Assert.Contains("2 of 3 in quorum a · leader b · out c", text, StringComparison.Ordinal);
        Assert.Contains("Clocks skewed, see health", text, StringComparison.Ordinal);
        Assert.Contains("Degraded 812 (16.7 %)", text, StringComparison.Ordinal);
        Assert.Contains("Recovery 42.9 MiB/s, 11/s objects", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Osd_table_shows_place_weight_usage_and_state()
    {
        string text = await TextAsync(Overview + "/osds", ailing: true);
        Assert.Contains("osd.0 up, in alpha ssd 0.5 1 10 GiB 26 % 40 2 ms 16.2.15 192.0.2.10:6800 2 s ago", text, StringComparison.Ordinal);
        Assert.Contains("osd.4 down, in gamma ssd 0.5 1 10 GiB 78 % 52", text, StringComparison.Ordinal);
        Assert.Contains("osd.5 up, out gamma ssd 0.5 0 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pool_table_shows_size_growth_quota_and_application()
    {
        string text = await TextAsync(Overview + "/pools");
        Assert.Contains("rbd 2 replicated 3 / 2 32 6 GiB 18 GiB 33 % 12 GiB 1\u202f531 20 GiB rbd replicated_rule", text, StringComparison.Ordinal);
        Assert.Contains("archive 3 erasure (k4m2) 6 / 5 32 → 64", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daemon_table_shows_monitors_managers_osds_and_whoever_told_of_itself()
    {
        string text = await TextAsync(Overview + "/daemons", ailing: true);
        Assert.Contains("mon.a mon leader alpha 16.2.15 pacific 192.0.2.1:3300 2 s ago", text, StringComparison.Ordinal);
        Assert.Contains("mon.b mon out of quorum", text, StringComparison.Ordinal);
        Assert.Contains("mgr.y mgr standby", text, StringComparison.Ordinal);
        Assert.Contains("osd.4 osd down", text, StringComparison.Ordinal);
        Assert.Contains("mds.m mds up:active, rank 0 alpha 16.2.15 pacific 192.0.2.10:6900", text, StringComparison.Ordinal);
        Assert.Contains("mds.n mds up:standby", text, StringComparison.Ordinal);
        Assert.Contains("rgw.gw1 rgw running edge 16.2.15", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pg_table_has_the_worst_states_first()
    {
        string text = await TextAsync(Overview + "/pgs", ailing: true);
        Assert.Contains("Share down 2 2.06 % active+undersized+degraded 31 32 % active+remapped+backfilling 4 4.12 % active+clean 60 61.9 %", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?sort=-usage", "osd.5")]
    [InlineData("?sort=usage", "osd.0")]
    [InlineData("?q=gamma", "osd.4")]
    [InlineData("?q=OSD.3%20beta", "osd.3")]
    [InlineData("?sort=nonsense&page=99", "osd.0")]
    public async Task Table_is_sorted_and_filtered_by_its_address(string query, string first)
    {
        string page = await PageAsync(Overview + "/osds" + query);
        Assert.StartsWith(first, Html.Text(page[page.IndexOf("<tbody", StringComparison.Ordinal)..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sorted_column_says_so_and_its_link_turns_it_round()
    {
        string page = await PageAsync(Overview + "/osds?sort=-usage");
        Assert.Contains("aria-sort=\"descending\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Overview}/osds?sort=usage\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Overview}/osds?sort=-pgs\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Overview}/osds?sort=host\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_of_many_rows_is_paged()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        DateTimeOffset now = server.Time.GetUtcNow();
        server.Clusters.Set(Samples.Healthy(now) with { OsdMap = new(Samples.OsdMap(250), new Epoch(50), now, "mon.a osdmap") });
        using HttpClient client = await server.SignedInAsync();
        string text = Html.Text(await client.GetStringAsync(Overview + "/osds?page=3", Token));
        Assert.Contains("250 rows", text, StringComparison.Ordinal);
        Assert.Contains("Previous Page 3 of 3", text, StringComparison.Ordinal);
        Assert.Contains("osd.249 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("osd.199 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fragment_is_the_main_part_of_the_page()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set(Samples.Ailing(server.Time.GetUtcNow()));
        using HttpClient client = await server.SignedInAsync();
        foreach (string address in Pages)
        {
            string page = await client.GetStringAsync(address, Token);
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            request.Headers.Add("X-Kalmar-Fragment", "1");
            string fragment = await (await client.SendAsync(request, Token)).Content.ReadAsStringAsync(Token);
            Assert.StartsWith("<main", fragment.Trim(), StringComparison.Ordinal);
            Assert.EndsWith("</main>", fragment.Trim(), StringComparison.Ordinal);
            Assert.Equal(Html.MainPart(page), fragment.Trim());
        }
    }

    [Fact]
    public async Task Quorum_lost_is_a_banner_and_everything_is_stale_with_its_age()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set(Samples.QuorumLost(server.Time.GetUtcNow()));
        using HttpClient client = await server.SignedInAsync();
        foreach (string address in Pages)
        {
            string page = await client.GetStringAsync(address, Token);
            string text = Html.Text(page);
            Assert.Contains("<main id=\"main\" tabindex=\"-1\" class=\"stale-all\"", page, StringComparison.Ordinal);
            Assert.Contains("Quorum lost (for 30 s ) No monitor answers: start a majority of mon.a, mon.b, mon.c.", text, StringComparison.Ordinal);
            Assert.Contains("The last word of a monitor came 42 s ago", text, StringComparison.Ordinal);
            Assert.DoesNotContain("talking to", text, StringComparison.Ordinal);
        }

        Assert.Contains("quorum lost · Overview", Html.Text(await client.GetStringAsync(Overview, Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_that_was_not_renewed_is_stale_and_the_others_are_not()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        ClusterSnapshot healthy = Samples.Healthy(server.Time.GetUtcNow());
        server.Clusters.Set(healthy with { Capacity = healthy.Capacity! with { Received = healthy.Capacity.Received.AddMinutes(-1) } });
        using HttpClient client = await server.SignedInAsync();
        string page = await client.GetStringAsync(Overview, Token);
        Assert.Contains("<section id=\"capacity\" class=\"card stale\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<section id=\"io\" class=\"card stale\"", page, StringComparison.Ordinal);
        Assert.Contains("data-stale-after=\"15\"", page, StringComparison.Ordinal);

        // With time alone, without a word from the cluster, the rest becomes stale too; maps that are pushed do not.
        server.Time.Advance(TimeSpan.FromSeconds(20));
        page = await client.GetStringAsync(Overview, Token);
        Assert.Contains("<section id=\"io\" class=\"card stale\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<section id=\"osds\" class=\"card stale\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_that_never_answered_has_a_page_that_says_why()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set(Samples.Refused(server.Time.GetUtcNow(), "far away"));
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage start = await client.GetAsync("/", Token);
        Assert.Equal("/cluster/~far%20away", start.Headers.Location!.OriginalString);
        string text = Html.Text(await client.GetStringAsync(start.Headers.Location, Token));
        Assert.Contains("The monitors refuse us (for 5 s ) The key of client.kalmar is wrong: give the right keyring.", text, StringComparison.Ordinal);
        Assert.Contains("not known", text, StringComparison.Ordinal);
        Assert.DoesNotContain("HEALTH_OK", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_privilege_is_said_with_what_it_needs()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set(Samples.Healthy(server.Time.GetUtcNow()) with
        {
            OsdUsage = null,
            Missing = [new MissingPrivilege("usage of each OSD", "mgr 'allow r'", "access denied")],
        });
        using HttpClient client = await server.SignedInAsync();
        string text = Html.Text(await client.GetStringAsync(Overview + "/osds", Token));
        Assert.Contains("Not visible with this key usage of each OSD needs mgr 'allow r' access denied", text, StringComparison.Ordinal);
        Assert.Contains("osd.0 up, in alpha ssd 0.5 1 – – – –", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_clusters_have_a_start_page_and_a_switcher()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        DateTimeOffset now = server.Time.GetUtcNow();
        ClusterId second = new(Guid.Parse("11111111-2222-3333-4444-555555555555"));
        server.Clusters.Set(Samples.Healthy(now), Samples.Ailing(now) with { Id = second, Name = "backup" });
        using HttpClient client = await server.SignedInAsync();
        string start = Html.Text(await client.GetStringAsync("/", Token));
        Assert.Contains("ceph stale 6f9e2c1a-3b4d-4e5f-8a90-112233445566 HEALTH_OK Monitors 3 in quorum", start, StringComparison.Ordinal);
        Assert.Contains("backup stale 11111111-2222-3333-4444-555555555555 HEALTH_WARN", start, StringComparison.Ordinal);
        string page = await client.GetStringAsync(Overview + "/osds", Token);
        Assert.Contains($"href=\"/cluster/{second}/osds\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cluster_at_all_is_said()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Clusters.Set();
        using HttpClient client = await server.SignedInAsync();
        Assert.Contains("No cluster is watched.", Html.Text(await client.GetStringAsync("/", Token)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cluster/00000000-0000-0000-0000-000000000001")]
    [InlineData("/cluster/nonsense/osds")]
    [InlineData("/cluster/~nobody/pools")]
    [InlineData("/no/such/page")]
    public async Task Unknown_cluster_or_page_is_404_with_a_page(string address)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        HttpResponseMessage answer = await client.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("is watched here", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_text_everywhere()
    {
        const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        DateTimeOffset now = server.Time.GetUtcNow();
        ClusterSnapshot ailing = Samples.Ailing(now);
        HealthCheck check = new(Hostile, HealthSeverity.Error, Hostile, 1, [Hostile], false);
        server.Clusters.Set(
            ailing with
            {
                Name = Hostile,
                OsdMap = new(Samples.OsdMap(6, Hostile), new Epoch(44), now, Hostile),
                Health = Samples.Asked(new HealthReport(HealthSeverity.Error, [check]), now, Hostile),
                Pgs = Samples.Asked(ailing.Pgs!.Value with { States = [new PgStateCount(Hostile, 1)] }, now, Hostile),
                Quorum = Samples.Asked(new QuorumStatus(1, [Hostile], Hostile, TimeSpan.Zero), now, Hostile),
                MgrMap = new(new MgrMap { ActiveGid = 1, ActiveName = Hostile }, new Epoch(1), now, Hostile),
                Contact = new ClusterContact(ContactState.QuorumLost, now, now, Hostile, Hostile),
                Missing = [new MissingPrivilege(Hostile, Hostile, Hostile)],
            },
            Samples.Refused(now, Hostile));
        server.History.Answer = _ => [new Server.History.HistorySeries(Hostile, now.ToUnixTimeSeconds() - 60, 10, [1, 2, 3])];
        using HttpClient client = await server.SignedInAsync();
        foreach (string address in Pages.Append("/").Append($"{Overview}/osds?q={Uri.EscapeDataString(Hostile)}&sort={Uri.EscapeDataString(Hostile)}"))
        {
            string page = await client.GetStringAsync(address, Token);
            Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\"'>", page, StringComparison.Ordinal);
        }

        Assert.Contains(Hostile, Html.Text(await client.GetStringAsync(Overview + "/pools", Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_work_without_a_script()
    {
        string page = await PageAsync(Overview);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" onclick=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Page_has_one_heading_landmarks_and_a_skip_link()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient client = await server.SignedInAsync();
        foreach (string address in Pages)
        {
            string page = await client.GetStringAsync(address, Token);
            Assert.Equal(2, page.Split("<h1>").Length);
            Assert.Contains("<html lang=\"en\"", page, StringComparison.Ordinal);
            Assert.Contains("href=\"#main\"", page, StringComparison.Ordinal);
            Assert.Contains("aria-current=\"page\"", page, StringComparison.Ordinal);
        }
    }

    /// <summary>A page of a server of its own, as the administrator sees it.</summary>
    private static async Task<string> PageAsync(string address, bool ailing = false)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        if (ailing)
        {
            server.Clusters.Set(Samples.Ailing(server.Time.GetUtcNow()));
        }

        using HttpClient client = await server.SignedInAsync();
        return await client.GetStringAsync(address, Token);
    }

    private static async Task<string> TextAsync(string address, bool ailing = false) => Html.Text(await PageAsync(address, ailing));
}
