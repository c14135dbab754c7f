using Kalmar.Manager.Clusters;
using Kalmar.Server.Tests.Hosting;
using Microsoft.Playwright;

namespace Kalmar.Server.Tests.Browsing;

/// <summary>What the script does in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed class LivePageTests(Chromium chromium)
{
    private const string Overview = "/cluster/" + Samples.Fsid;

    [Fact]
    public async Task New_snapshot_is_taken_over_in_place_and_nothing_of_the_users_is_lost()
    {
        await using ServerUnderTest server = await StartAsync();
        Ail(server);
        IPage page = await chromium.NewPageAsync();
        await page.SetViewportSizeAsync(1280, 500);
        List<string> problems = Watch(page);
        await page.GotoAsync(new Uri(server.Address, Overview).ToString());
        await page.Locator("#check-PG_DEGRADED > summary").ClickAsync();
        await page.EvaluateAsync("() => { window.before = document.querySelector('#check-PG_DEGRADED'); scrollTo(0, 200); }");

        ClusterSnapshot ailing = Samples.Ailing(server.Clock.GetUtcNow());
        server.Clusters.Set(ailing with { Capacity = Samples.Asked(new ClusterCapacity(100, 50, 50, []), server.Clock.GetUtcNow(), "mgr.x df") });
        await Assertions.Expect(page.Locator("#capacity .big")).ToContainTextAsync("50 %");
        Assert.True(await page.EvaluateAsync<bool>("() => window.before.isConnected && window.before.open"));
        Assert.Equal(200, await page.EvaluateAsync<int>("() => scrollY"));
        Assert.Equal("check-PG_DEGRADED", await page.EvaluateAsync<string>("() => document.activeElement.parentElement.id"));

        server.Clusters.Set(Samples.Healthy(server.Clock.GetUtcNow()));
        await Assertions.Expect(page.Locator("#health .big")).ToHaveTextAsync("HEALTH_OK");
        await Assertions.Expect(page).ToHaveTitleAsync("HEALTH_OK · Overview · ceph · Kalmar");
        await Assertions.Expect(page.Locator("#announce")).ToHaveTextAsync("ceph: HEALTH_OK");
        Assert.Equal(0, await page.Locator("#check-PG_DEGRADED").CountAsync());
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Rows_that_come_go_and_move_end_as_the_server_has_them()
    {
        await using ServerUnderTest server = await StartAsync();
        IPage page = await chromium.NewPageAsync();
        List<string> problems = Watch(page);
        await page.GotoAsync(new Uri(server.Address, Overview + "/osds").ToString());
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(6);
        foreach ((int osds, long version) in ((int, long)[])[(9, 2), (2, 3), (5, 4)])
        {
            DateTimeOffset now = server.Clock.GetUtcNow();
            server.Clusters.Set(Samples.Healthy(now) with { OsdMap = new(Samples.OsdMap(osds), new((uint)version), now, "mon.a osdmap") });
            await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(osds);
        }

        await page.Locator("th a", new() { HasText = "OSD" }).ClickAsync();
        await Assertions.Expect(page.Locator("th[aria-sort=ascending]")).ToHaveCountAsync(1);
        await page.Locator("th a", new() { HasText = "OSD" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("osd.4");
        string[] rows = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('tbody tr')].map(r => r.dataset.key)");
        Assert.Equal(["osd.4", "osd.3", "osd.2", "osd.1", "osd.0"], rows);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Sorting_does_not_load_the_page_anew_and_typing_is_not_disturbed()
    {
        await using ServerUnderTest server = await StartAsync();
        IPage page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, Overview + "/osds").ToString());
        await page.EvaluateAsync("() => { window.same = true; }");
        await page.Locator("th a", new() { HasText = "Usage" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("osd.5");
        Assert.EndsWith("?sort=-usage", page.Url, StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("() => window.same === true"));

        await page.Locator("#filter").PressSequentiallyAsync("osd.3");
        DateTimeOffset now = server.Clock.GetUtcNow();
        server.Clusters.Set(Samples.Healthy(now) with { OsdMap = new(Samples.OsdMap(8), new(60), now, "mon.a osdmap") });
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(8);
        Assert.Equal("osd.3", await page.Locator("#filter").InputValueAsync());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Server_that_is_gone_makes_everything_stale_until_it_is_back()
    {
        string folder = Directory.CreateTempSubdirectory("kalmar-gone-").FullName;
        IPage page = await chromium.NewPageAsync();
        int port;
        await using (ServerUnderTest server = await StartAsync(folder))
        {
            port = server.Address.Port;
            await page.GotoAsync(new Uri(server.Address, Overview).ToString());
            await Assertions.Expect(page.Locator("html.live")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("#connection")).ToBeHiddenAsync();
        }

        await Assertions.Expect(page.Locator("html.lost")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#connection")).ToContainTextAsync("Connection to Kalmar lost. Data from ");
        await Assertions.Expect(page.Locator("#health .stale-mark")).ToBeVisibleAsync();
        await using (await StartAsync(folder, port))
        {
            await Assertions.Expect(page.Locator("html.lost")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator("#connection")).ToBeHiddenAsync();
            await Assertions.Expect(page.Locator("#health .stale-mark")).ToBeHiddenAsync();
        }

        await page.Context.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Part_that_is_not_renewed_becomes_stale_in_the_browser_by_itself()
    {
        await using ServerUnderTest server = await StartAsync();
        ClusterSnapshot healthy = Samples.Healthy(server.Clock.GetUtcNow());
        server.Clusters.Set(healthy with { Io = healthy.Io! with { StaleAfter = TimeSpan.FromSeconds(6) } });
        IPage page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, Overview).ToString());
        await Assertions.Expect(page.Locator("#io.stale .stale-mark")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#osds.stale")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Ages_are_right_although_the_browsers_clock_is_wrong()
    {
        await using ServerUnderTest server = await StartAsync();
        IPage page = await chromium.NewPageAsync();
        await page.AddInitScriptAsync("const now = Date.now.bind(Date); Date.now = () => now() + 86400000;");
        await page.GotoAsync(new Uri(server.Address, Overview).ToString());
        await Assertions.Expect(page.Locator("html.live")).ToHaveCountAsync(1);
        ILocator age = page.Locator("#health .stamp time");
        string first = await age.InnerTextAsync();
        await Assertions.Expect(age).Not.ToHaveTextAsync(first);
        Assert.Matches(@"^\d+ s ago$", await age.InnerTextAsync());
    }

    [Fact]
    public async Task Session_that_ended_leads_to_sign_in_and_back()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(time: TimeProvider.System);
        server.Clusters.Set(Samples.Healthy(TimeProvider.System.GetUtcNow()));
        IPage page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, Overview + "/pools?sort=name").ToString());
        await SignInAsync(page, server);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Pools");
        await page.Context.ClearCookiesAsync();
        server.Clusters.Set(Samples.Ailing(TimeProvider.System.GetUtcNow()));
        await Assertions.Expect(page.Locator("#password")).ToBeVisibleAsync();
        await SignInAsync(page, server);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Pools");
        Assert.EndsWith("/pools?sort=name", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_under_the_pointer_are_read_out_of_a_graph()
    {
        await using ServerUnderTest server = await StartAsync();
        long now = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        server.History.Answer = _ => [new("s", now - 3600, 20, [.. Enumerable.Repeat(5120.0, 180)])];
        IPage page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, Overview).ToString());
        await page.Locator("#graph-throughput svg.plot").HoverAsync();
        await Assertions.Expect(page.Locator("#graph-throughput [data-value='0']")).ToHaveTextAsync("5 KiB/s");
        await Assertions.Expect(page.Locator("#graph-throughput .cursor.on")).ToHaveCountAsync(1);
        Assert.True(TimeOnly.TryParseExact(await page.Locator("#graph-throughput .at").InnerTextAsync(), "HH:mm:ss", out _));
    }

    private static Task<ServerUnderTest> StartAsync(string? folder = null, int port = 0) =>
        Scenes.StartAsync(folder, port);

    private static void Ail(ServerUnderTest server) => server.Clusters.Set(Samples.Ailing(server.Clock.GetUtcNow()));

    private static async Task SignInAsync(IPage page, ServerUnderTest server)
    {
        await page.Locator("#name").FillAsync(server.Administrator!.Name);
        await page.Locator("#password").FillAsync(server.Administrator.Password);
        await page.Locator("button.primary").ClickAsync();
    }

    private static List<string> Watch(IPage page)
    {
        List<string> problems = [];
        page.PageError += (_, e) => problems.Add(e);
        page.Console += (_, m) =>
        {
            if (m.Type is "error" or "warning")
            {
                problems.Add(m.Text);
            }
        };
        return problems;
    }
}
