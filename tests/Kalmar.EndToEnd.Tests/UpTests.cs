using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kalmar.Testing;
using Microsoft.Playwright;

namespace Kalmar.EndToEnd.Tests;

/// <summary>The main job as a user sees it: <c>kalmar up</c>, a browser, a terminal, a broken OSD, dead monitors, Ctrl-C.</summary>
public sealed partial class UpTests
{
    [Fact]
    public async Task Up_shows_a_real_cluster_its_history_and_what_breaks_and_leaves_no_process()
    {
        using var folder = new TemporaryFolder();
        string sandbox = folder.File("sandbox");
        await using KalmarProcess up = KalmarProcess.Start("up", "--dir", sandbox, "--data", folder.File("kalmar"), "--listen", $"http://127.0.0.1:{FreePorts.Take()}");
        string output = await up.WaitForAsync("Kalmar is up", TimeSpan.FromMinutes(3));
        output = await up.WaitForAsync("Ctrl-C", TimeSpan.FromSeconds(5));
        string url = UrlPattern().Match(output).Groups[1].Value;
        string password = PasswordPattern().Match(output).Groups[1].Value;
        string conf = Path.Combine(sandbox, "ceph.conf");
        Assert.NotEmpty(password);

        await using Browser browser = await Browser.StartAsync();
        IPage page = await browser.SignInAsync(url, "admin", password);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("HEALTH_OK", Within(30));
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('main svg path')].some(p => (p.getAttribute('d') || '').includes('L'))", null, new() { Timeout = 60_000 });

        await RenderAndFindAnswerAsync(page);
        await PoolAppearsEverywhereAsync(page, conf);
        await RealTool.RunAsync("ceph", "-c", conf, "osd", "pool", "application", "enable", "x", "rados");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("HEALTH_OK", Within(90));
        await page.WaitForTimeoutAsync(30_000);
        await SaveScreenshotAsync(page);

        await KilledOsdIsShownAsync(page, conf, sandbox);
        await LostQuorumIsShownAsync(page, conf, sandbox);

        Assert.Equal(0, await up.InterruptAsync());
        await WaitUntilNothingRunsAsync(sandbox);
        Assert.DoesNotContain("at Kalmar.", up.Output, StringComparison.Ordinal);
    }

    private static LocatorAssertionsToContainTextOptions Within(int seconds) => new() { Timeout = seconds * 1000 };

    /// <summary>Graphite's API answers over the same history, at both places where clients look for it.</summary>
    private static async Task RenderAndFindAnswerAsync(IPage page)
    {
        int points = await page.EvaluateAsync<int>("""
            async () => {
                const answer = await fetch('/render?target=servers.*.loadavg.01&format=json&from=-10min');
                const series = await answer.json();
                return series.flatMap(s => s.datapoints).filter(p => p[0] !== null).length;
            }
            """);
        Assert.True(points > 0);
        await Eventually.TrueAsync(
            "the daemons' series in /graphite/metrics/find",
            async () => (await page.EvaluateAsync<string>("async () => (await fetch('/graphite/metrics/find?query=ceph.cluster.*.*')).text()")).Contains("\"osd\"", StringComparison.Ordinal));
        int status = await page.EvaluateAsync<int>("async () => (await fetch('/render?target=a.b&format=json&from=yesterdayish')).status");
        Assert.Equal(400, status);
    }

    /// <summary>A pool made by Ceph's own tool is on the page and in <c>kalmar status</c> as soon as the map is out.</summary>
    private static async Task PoolAppearsEverywhereAsync(IPage page, string conf)
    {
        string overview = page.Url;
        await page.GotoAsync(overview.TrimEnd('/') + "/pools");
        await RealTool.RunAsync("ceph", "-c", conf, "osd", "pool", "create", "x", "8");
        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync("x", Within(5));
        (int code, string status, string error) = await KalmarProcess.RunAsync("status", "-c", conf);
        Assert.True(code == 0, error);
        Assert.Matches(@"(?m)^pools +2: .*\bx\b", status);
        await page.GotoAsync(overview);
    }

    private static async Task KilledOsdIsShownAsync(IPage page, string conf, string sandbox)
    {
        (int code, _, string error) = await KalmarProcess.RunAsync("sandbox", "kill", "osd.1", "--dir", sandbox);
        Assert.True(code == 0, error);
        await WaitForMonitorsAsync(conf, "num_up_osds", 2);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("2 up", Within(10));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("HEALTH_WARN", Within(30));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("OSD_DOWN", Within(30));
        (code, _, error) = await KalmarProcess.RunAsync("sandbox", "revive", "osd.1", "--dir", sandbox);
        Assert.True(code == 0, error);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("3 up", Within(60));
    }

    private static async Task LostQuorumIsShownAsync(IPage page, string conf, string sandbox)
    {
        (int code, _, string error) = await KalmarProcess.RunAsync("sandbox", "kill", "mon.a", "--dir", sandbox);
        Assert.True(code == 0, error);
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync(QuorumLost(), Within(30));
        (code, _, error) = await KalmarProcess.RunAsync("status", "--timeout", "3", "-c", conf);
        Assert.Equal(69, code);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        (code, _, error) = await KalmarProcess.RunAsync("sandbox", "revive", "mon.a", "--dir", sandbox);
        Assert.True(code == 0, error);
        await Assertions.Expect(page.Locator("body")).Not.ToContainTextAsync(QuorumLost(), new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("3 up", Within(60));
    }

    private static async Task WaitForMonitorsAsync(string conf, string field, int value)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            using JsonDocument status = JsonDocument.Parse(await RealTool.RunAsync("ceph", "-c", conf, "-s", "-f", "json"));
            if (status.RootElement.GetProperty("osdmap").GetProperty(field).GetInt32() == value)
            {
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2), $"the monitors never said {field} = {value}");
            await Task.Delay(200);
        }
    }

    private static async Task WaitUntilNothingRunsAsync(string sandbox)
    {
        string processes = "";
        for (int i = 0; i < 50; i++)
        {
            processes = (await RealTool.TryRunAsync("pgrep", ["-af", sandbox])).Output;
            if (processes.Trim().Length == 0)
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"processes were left behind:\n{processes}");
    }

    /// <summary>The picture of README; written where <c>KALMAR_TEST_SCREENSHOT</c> says, else beside the test results.</summary>
    private static async Task SaveScreenshotAsync(IPage page)
    {
        string path = Environment.GetEnvironmentVariable("KALMAR_TEST_SCREENSHOT") is { Length: > 0 } named
            ? named
            : Path.Combine(RepositoryPaths.Artifacts, "overview.png");
        await page.ScreenshotAsync(new() { Path = path, FullPage = true });
        Assert.True(new FileInfo(path).Length > 10_000);
    }

    [GeneratedRegex("quorum lost", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex QuorumLost();

    [GeneratedRegex(@"(?<url>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UrlPattern();

    [GeneratedRegex(@"Password\s+(?<password>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PasswordPattern();
}
