using Kalmar.Manager.Clusters;
using Kalmar.Server.Tests.Hosting;
using Microsoft.Playwright;

namespace Kalmar.Server.Tests.Browsing;

/// <summary>Phone width, contrast, keyboard, no script: measured in a real browser.</summary>
[Collection(nameof(Chromium))]
public sealed class AccessibilityTests(Chromium chromium)
{
    private const string Overview = "/cluster/" + Samples.Fsid;

    // WCAG 2.2, 1.4.3: every text that is seen against the ground behind it; 3:1 for large text, 4.5:1 for the rest.
    private const string Contrast = """
        () => {
          const luminance = ([r, g, b]) => {
            const part = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
            return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
          };
          const parse = (text) => { const n = text.match(/[\d.]+/g).map(Number); return { rgb: n.slice(0, 3), a: n.length > 3 ? n[3] : 1 }; };
          const over = (top, a, bottom) => top.map((c, i) => c * a + bottom[i] * (1 - a));
          const ground = (element) => {
            const layers = [];
            for (let e = element; e; e = e.parentElement) layers.unshift(parse(getComputedStyle(e).backgroundColor));
            return layers.reduce((under, layer) => over(layer.rgb, layer.a, under), [255, 255, 255]);
          };
          const bad = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.nodeValue.trim() || element.closest("script, noscript, .hidden-text, .skip") || !element.checkVisibility()) continue;
            const style = getComputedStyle(element);
            let opacity = 1;
            for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
            const behind = ground(element);
            const color = parse(style.color);
            const seen = over(color.rgb, color.a * opacity, behind);
            const [low, high] = [luminance(seen), luminance(behind)].sort((a, b) => a - b);
            const ratio = (high + 0.05) / (low + 0.05);
            const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            if (ratio < (large ? 3 : 4.5)) bad.push(`${ratio.toFixed(2)} ${element.className || element.tagName}: ${walker.currentNode.nodeValue.trim().slice(0, 40)}`);
          }
          return [...new Set(bad)];
        }
        """;

    private static readonly string[] Pages = [Overview, Overview + "/osds", Overview + "/pools", Overview + "/pgs", Overview + "/daemons", "/signin", "/account"];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_has_enough_contrast_healthy_ailing_and_stale(ColorScheme scheme)
    {
        await using ServerUnderTest server = await Scenes.StartAsync();
        IPage page = await chromium.NewPageAsync(scheme: scheme);
        foreach (Func<DateTimeOffset, ClusterSnapshot> scene in (Func<DateTimeOffset, ClusterSnapshot>[])[Samples.Ailing, Samples.QuorumLost])
        {
            server.Clusters.Set(scene(server.Clock.GetUtcNow()));
            foreach (string address in Pages)
            {
                await page.GotoAsync(new Uri(server.Address, address).ToString());
                await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");
                Assert.Empty(await page.EvaluateAsync<string[]>(Contrast));
            }
        }
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(768)]
    public async Task Nothing_is_wider_than_the_screen(int width)
    {
        await using ServerUnderTest server = await Scenes.StartAsync();
        server.Clusters.Set(Samples.Ailing(server.Clock.GetUtcNow()), Samples.Refused(server.Clock.GetUtcNow(), "a-cluster-with-quite-a-long-name.example.org"));
        IPage page = await chromium.NewPageAsync(width);
        foreach (string address in Pages.Append("/"))
        {
            await page.GotoAsync(new Uri(server.Address, address).ToString());
            int overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
            Assert.True(overflow <= 0, $"{address} is {overflow} px wider than {width} px");
        }
    }

    [Fact]
    public async Task Keyboard_reaches_everything_and_shows_where_it_is()
    {
        await using ServerUnderTest server = await Scenes.StartAsync();
        server.Clusters.Set(Samples.Ailing(server.Clock.GetUtcNow()));
        IPage page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, Overview).ToString());
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.getBoundingClientRect().top >= 0"));
        List<string> reached = [];
        for (int i = 0; i < 40 && !reached.Contains("pools-title"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>(
                "() => { const e = document.activeElement; return getComputedStyle(e).outlineStyle === 'none' ? 'no outline: ' + e.outerHTML : e.closest('section, [id]')?.id || e.textContent.trim(); }"));
        }

        Assert.DoesNotContain(reached, r => r.StartsWith("no outline", StringComparison.Ordinal));
        foreach (string place in (string[])["OSDs", "Daemons", "check-OSD_DOWN", "osds-title", "pgs-title", "monitors-title"])
        {
            Assert.Contains(reached, r => r == place);
        }

        await page.Locator("#check-OSD_DOWN > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#check-OSD_DOWN li")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_a_script_pages_show_sort_and_sign_in()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        IPage page = await chromium.NewPageAsync(javaScript: false);
        await page.GotoAsync(new Uri(server.Address, Overview + "/osds").ToString());
        await page.Locator("#name").FillAsync(server.Administrator!.Name);
        await page.Locator("#password").FillAsync(server.Administrator.Password);
        await page.Locator("button.primary").ClickAsync();
        await page.Locator("th a", new() { HasText = "Usage" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("osd.5");
        await page.Locator(".menu.user summary").ClickAsync();
        await page.Locator("button[value=dark]").ClickAsync();
        await Assertions.Expect(page.Locator("html[data-theme=dark]")).ToHaveCountAsync(1);
        await page.Locator(".menu.user summary").ClickAsync();
        await page.Locator("text=Sign out").ClickAsync();
        await Assertions.Expect(page.Locator("#password")).ToBeVisibleAsync();
    }
}
