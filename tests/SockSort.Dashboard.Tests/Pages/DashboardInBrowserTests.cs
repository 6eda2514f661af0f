using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;
using SockSort.Connect.Classes;
using SockSort.Edge.Tests.LiveView;
using SockSort.Imaging.Encoding;
using SockSort.Log;
using SockSort.Teaching.Waiting;

namespace SockSort.Dashboard.Tests.Pages;

/// <summary>The pages in chromium, over one running system.</summary>
public sealed class DashboardInBrowserTests(RunningDashboard dashboard, Chromium chromium)
    : IClassFixture<RunningDashboard>, IClassFixture<Chromium>
{
    [Theory]
    [InlineData("", "What is before the camera now")]
    [InlineData("teach", "Teach a sock")]
    [InlineData("history", "History")]
    [InlineData("health", "Health")]
    [InlineData("topics", "Topics")]
    [InlineData("topic?name=data_mqtt", "data_mqtt")]
    [InlineData("topic?name=nowhere", "nowhere")]
    [InlineData("connectors", "Connectors")]
    [InlineData("sql", "SQL")]
    public async Task A_page_opens_on_desktop_and_phone_light_and_dark_without_complaints_or_foreign_requests(string path, string heading)
    {
        await dashboard.TellSockAsync("Google", seen: 3);
        foreach (var (width, height, scheme) in new[] { (1280, 800, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            await using var browser = await chromium.OpenAsync(width: width, height: height);
            // Requests go on, and are told on another thread.
            ConcurrentQueue<string> asked = [];
            browser.Page.Request += (_, request) => asked.Enqueue(request.Url);
            await browser.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });

            await OpenAsync(browser, path);
            await browser.SeesAsync("h1", heading);
            var found = await DashboardPages.AxeAsync(browser.Page);

            Assert.True(await browser.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{width}");
            Assert.Equal("[]", found);
            Assert.Empty(ComplaintsOf(browser));
            Assert.All(asked, url => Assert.Matches($"^(https://(me:knows@)?{dashboard.Address.Authority}/|data:|blob:)", url));
        }
    }

    [Fact]
    public async Task Now_shows_the_picture_its_label_the_pairs_with_pictures_and_a_pair_when_one_is_found()
    {
        await dashboard.TellSockAsync("Google", seen: 4);
        await dashboard.TellSockAsync("Mongo", seen: 5);
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "");

        await browser.Page.WaitForFunctionAsync("() => document.querySelector('sock-live img')?.naturalWidth > 0");
        await browser.Page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll('.socks .sock-picture')].filter(picture => picture.naturalWidth > 0).length >= 2
            """);
        await ChromiumPage.SeesAsync(RowOf(browser, "Google").Locator(".badge"), "paired");
        await ChromiumPage.SeesAsync(RowOf(browser, "Mongo").Locator(".badge"), "one odd");
        await dashboard.TellPairAsync("Google");
        await browser.SeesAsync(".pair-banner p", "A pair!Google");

        Assert.Matches("^(Google|Confluent|Mongo|Blank)$", await browser.Page.Locator("sock-live .label").TextContentAsync());
        Assert.Empty(ComplaintsOf(browser));
    }

    [Fact]
    public async Task A_correction_becomes_an_event_of_the_log_and_the_ledgers_answer_is_told()
    {
        await dashboard.TellSockAsync("Confluent", seen: 1);
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "");

        await browser.Page.Locator(".recent li", new PageLocatorOptions { HasText = "Confluent" }).First.Locator("button").ClickAsync();
        await browser.Page.GetByText("Forget that one").ClickAsync();
        var correction = await CorrectionAsync("FORGET");
        await dashboard.SqlAsync($"""
            INSERT INTO sock_correction_results (id, accepted, reason)
              VALUES ('{TextOf(correction.Key)}', FALSE, 'it was forgotten already');
            """);
        await browser.SeesAsync(".mud-snackbar-content-message", "it was forgotten already");

        Assert.Contains("\"KIND\":\"FORGET\",\"SIGHTING\":\"desk@Confluent\"", TextOf(correction.Value));
    }

    [Fact]
    public async Task Two_names_are_merged_when_that_was_asked_for_twice()
    {
        await dashboard.TellSockAsync("Confluent", seen: 1);
        await dashboard.TellSockAsync("Google", seen: 2);
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "");

        await browser.Page.GetByText("Two names of one sock?").ClickAsync();
        await browser.Page.GetByLabel("The name that goes").SelectOptionAsync("Confluent");
        await browser.Page.GetByLabel("The name that is left").SelectOptionAsync("Google");
        await ButtonOf("Merge").ClickAsync();
        await ButtonOf("Really count Confluent as Google for good").ClickAsync();
        var correction = await CorrectionAsync("MERGE");
        await dashboard.SqlAsync($"INSERT INTO sock_correction_results (id, accepted) VALUES ('{TextOf(correction.Key)}', TRUE);");
        await browser.SeesAsync(".mud-snackbar-content-message", "Confluent counts as Google from now on");

        Assert.Contains("\"SOCK\":\"Confluent\",\"INTO_SOCK\":\"Google\"", TextOf(correction.Value));
        Assert.Empty(ComplaintsOf(browser));

        ILocator ButtonOf(string name) =>
            browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });
    }

    [Fact]
    public async Task A_sock_that_is_shown_becomes_photos()
    {
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "teach");

        await browser.Page.GetByLabel("Name").FillAsync("<b>");
        await ClickAsync("Start");
        await browser.Page.GetByText("<b>: '<' is no letter of a sock's name: letters, digits, blanks, - and _ are").WaitForAsync();
        await browser.Page.GetByLabel("Name").FillAsync("blue stripes");
        await ClickAsync("Start");
        await browser.SeesAsync("h2#showing", "Show Blue Stripes");
        await ClickAsync("Keep these");
        await browser.Page.GetByText("photos of Blue Stripes are kept").WaitForAsync();

        Assert.InRange(Directory.GetFiles(Path.Combine(dashboard.Photos, "class-blue-stripes")).Length, 3, 12);
        Assert.Empty(ComplaintsOf(browser));

        // A click waits until the button can be pressed.
        Task ClickAsync(string name) =>
            browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name }).ClickAsync();
    }

    [Fact]
    public async Task A_frame_that_waits_is_shown_named_and_thrown_away()
    {
        Directory.CreateDirectory(Path.Combine(dashboard.Photos, "class-dots"));
        foreach (var second in new[] { 1, 2 })
        {
            var frame = new WaitingFrame("desk", DateTimeOffset.UnixEpoch.AddSeconds(second), "Google", 41.6);
            dashboard.Teaching.Waiting.Add(
                frame with { IsCorrected = true, Suggested = "Dots" }, JpegWriter.Encode(new SockSort.Imaging.Frame(320, 180), 90));
        }
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "teach");
        var waiting = browser.Page.Locator(".waiting li");
        await ChromiumPage.SeesAsync(waiting.First.Locator("p"), "told as Google, 42 %; corrected");
        await browser.Page.WaitForFunctionAsync("() => document.querySelector('.waiting img').naturalWidth === 320");
        var found = await DashboardPages.AxeAsync(browser.Page);

        await waiting.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Add it" }).ClickAsync();
        await browser.Page.GetByText("One photo more of Dots is kept").WaitForAsync();
        await waiting.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Throw it away" }).ClickAsync();
        await waiting.First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        Assert.Single(Directory.GetFiles(Path.Combine(dashboard.Photos, "class-dots")));
        Assert.Empty(dashboard.Teaching.Waiting.All);
        Assert.Equal("[]", found);
        Assert.Empty(ComplaintsOf(browser));
    }

    [Fact]
    public async Task A_topic_is_filtered_and_followed()
    {
        await using var browser = await chromium.OpenAsync();
        await dashboard.SqlAsync(
            "CREATE STREAM notes (k STRING KEY, v STRING) WITH (KAFKA_TOPIC='notes', VALUE_FORMAT='JSON', PARTITIONS=1);");
        await dashboard.SqlAsync("INSERT INTO notes VALUES ('1', 'wool'); INSERT INTO notes VALUES ('2', 'cotton');");
        await OpenAsync(browser, "topic?name=notes");
        await ChromiumPage.SeesAsync(browser.Page.Locator(".records tbody tr").First.Locator("td").Last, """{"V":"cotton"}""");

        await browser.Page.Locator(".tools input").First.FillAsync("WOOL");
        await ChromiumPage.SeesAsync(browser.Page.Locator(".records tbody tr").First.Locator("td").Last, """{"V":"wool"}""");
        await dashboard.SqlAsync("INSERT INTO notes VALUES ('3', 'silk'); INSERT INTO notes VALUES ('4', 'new wool');");
        await ChromiumPage.SeesAsync(browser.Page.Locator(".records tbody tr").First.Locator("td").Last, """{"V":"new wool"}""");

        Assert.Equal(2, await browser.Page.Locator(".records tbody tr").CountAsync());
    }

    [Fact]
    public async Task A_connector_is_paused_and_resumed()
    {
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "connectors");

        await browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pause" }).ClickAsync();
        await ChromiumPage.SeesAsync(browser.Page.Locator(".step .badge"), "paused");
        var state = dashboard.Worker.Find("SOCKS")!.State;
        await browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Resume" }).ClickAsync();
        await ChromiumPage.SeesAsync(browser.Page.Locator(".step .badge"), "running");

        Assert.Equal(ConnectorState.Paused, state);
    }

    [Fact]
    public async Task Statements_are_run_by_keyboard_a_mistake_is_marked_and_changes_come_live()
    {
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "sql");
        await browser.Page.FillAsync("#sql-text", "SHOW STREAMS;\nSELECT image, FROM found;");
        await browser.Page.PressAsync("#sql-text", "Control+Enter");
        await browser.SeesAsync(".mistake strong", "Line 2, column 15:");
        await browser.Page.WaitForFunctionAsync(
            "() => { const area = document.getElementById('sql-text'); return area.selectionStart < area.selectionEnd; }");
        var marked = await browser.Page.EvaluateAsync<string>(
            "() => { const area = document.getElementById('sql-text'); return area.value.slice(area.selectionStart, area.selectionEnd); }");

        await browser.Page.FillAsync("#sql-text", "SELECT image, n FROM heaps EMIT CHANGES;");
        await browser.Page.PressAsync("#sql-text", "Control+Enter");
        await browser.Page.Locator(".answer .rows tbody tr").Nth(2).WaitForAsync();
        await browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Stop" }).ClickAsync();
        await browser.Page.Locator(".answer [role=status]").WaitForAsync(
            new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        Assert.Equal("FROM", marked);
        Assert.Equal(["IMAGE", "N"], await browser.Page.Locator(".answer thead th").AllTextContentsAsync());
    }

    [Fact]
    public async Task The_first_key_leads_past_the_ways_to_the_content()
    {
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "health");

        await browser.Page.Locator("body").PressAsync("Tab");

        Assert.Equal("Skip to the content", await FocusedAsync(browser.Page));
    }

    [Fact]
    public async Task A_link_is_followed_by_the_Enter_key_where_the_address_held_the_password()
    {
        await using var browser = await chromium.OpenAsync();
        await OpenAsync(browser, "health");

        await browser.Page.Locator("nav a", new PageLocatorOptions { HasText = "Topics" }).PressAsync("Enter");
        await browser.SeesAsync("h1", "Topics");

        Assert.Equal($"{dashboard.Address}topics", await browser.Page.EvaluateAsync<string>("() => document.URL"));
        Assert.Empty(ComplaintsOf(browser));
    }

    private Task OpenAsync(ChromiumPage browser, string path) => DashboardPages.OpenAsync(dashboard, browser, path);

    /// <summary>The first correction of a kind, which tests of this class make once each.</summary>
    private ValueTask<LogRecord> CorrectionAsync(string kind) => dashboard.Log
        .FollowAsync("sock_corrections", 0, 0, TestContext.Current.CancellationToken)
        .FirstAsync(record => TextOf(record.Value).Contains($"\"KIND\":\"{kind}\"", StringComparison.Ordinal));

    private static IEnumerable<string> ComplaintsOf(ChromiumPage browser) =>
        browser.Complaints.Where(text => !text.Contains("] Information: ", StringComparison.Ordinal));

    private static ILocator RowOf(ChromiumPage browser, string sock) =>
        browser.Page.Locator(".socks tbody tr", new PageLocatorOptions { HasText = sock });

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()");

    private static string TextOf(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
