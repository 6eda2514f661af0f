using Microsoft.Playwright;
using SockSort.Edge.Tests.LiveView;

namespace SockSort.Dashboard.Tests.Pages;

/// <summary>The editor of the page SQL by keyboard, and the picture of a query.</summary>
public sealed class SqlEditorTests(RunningDashboard dashboard, Chromium chromium)
    : IClassFixture<RunningDashboard>, IClassFixture<Chromium>
{
    private const string Editor = "#sql-text";

    [Fact]
    public async Task Tab_takes_the_name_that_stands_first_and_the_statement_runs()
    {
        await using var browser = await OpenAsync();

        await TypeAsync(browser, "sel");
        await OffersAreAsync(browser, "select word");
        await browser.Page.PressAsync(Editor, "Tab");
        await browser.Page.Keyboard.TypeAsync(" image, n from hea");
        await OffersAreAsync(browser, "heaps table");
        await browser.Page.PressAsync(Editor, "Tab");
        await browser.Page.Keyboard.TypeAsync(";");
        await browser.Page.PressAsync(Editor, "Control+Enter");
        await browser.Page.Locator(".answer thead th").First.WaitForAsync();

        Assert.Equal("select image, n from heaps;", await browser.Page.InputValueAsync(Editor));
        Assert.Equal(["IMAGE", "N"], await browser.Page.Locator(".answer thead th").AllTextContentsAsync());
    }

    [Fact]
    public async Task Arrows_choose_Enter_takes_and_a_screen_reader_hears_which()
    {
        await using var browser = await OpenAsync();

        await TypeAsync(browser, "SHOW S");
        var told = await browser.Page.Locator("sock-editor [role=status]").TextContentAsync();
        await browser.Page.PressAsync(Editor, "ArrowDown");
        await browser.Page.PressAsync(Editor, "ArrowDown");
        var second = await browser.Page.Locator("#sql-offers code").Nth(1).TextContentAsync();
        var pointed = await browser.Page.EvaluateAsync<string>("""
            () => document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).querySelector('code').textContent
            """);
        var selected = await browser.Page.Locator("#sql-offers [aria-selected=true] code").AllTextContentsAsync();
        var found = await DashboardPages.AxeAsync(browser.Page);
        await browser.Page.PressAsync(Editor, "Enter");

        Assert.Matches("^[0-9]+ names are offered, first SELECT$", told);
        Assert.Equal(second, pointed);
        Assert.Equal([second!], selected);
        Assert.Equal("[]", found);
        Assert.Equal($"SHOW {second}", await browser.Page.InputValueAsync(Editor));
    }

    [Fact]
    public async Task Escape_sends_the_names_away_then_Enter_begins_a_line_and_Tab_leaves()
    {
        await using var browser = await OpenAsync();

        await TypeAsync(browser, "SHOW STR");
        await OffersAreAsync(browser, "STREAM word", "STREAMS word", "STRING word", "STRUCT word");
        await browser.Page.PressAsync(Editor, "Escape");
        await OffersAreAsync(browser);
        await browser.Page.PressAsync(Editor, "Enter");
        await browser.Page.PressAsync(Editor, "Tab");

        Assert.Equal("SHOW STR\n", await browser.Page.InputValueAsync(Editor));
        Assert.NotEqual("sql-text", await browser.Page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task Enter_begins_a_line_where_no_name_was_chosen()
    {
        await using var browser = await OpenAsync();

        await TypeAsync(browser, "SELECT * FROM hea");
        await OffersAreAsync(browser, "heaps table");
        await browser.Page.PressAsync(Editor, "Enter");

        Assert.Equal("SELECT * FROM hea\n", await browser.Page.InputValueAsync(Editor));
    }

    [Theory]
    [InlineData("SELECT i| FROM found;", "image column of FOUND")]
    [InlineData("SELECT f.im| FROM found AS f;", "image column of FOUND")]
    [InlineData("SELECT f.| FROM found f;", "IMAGE column of FOUND", "ROWTIME column of FOUND")]
    [InlineData("SELECT * FROM fou|", "found stream")]
    [InlineData("SELECT * FROM sock_le|", "sock_ledger table")]
    [InlineData("SELECT subst| FROM found;", "substring( function")]
    [InlineData("SELECT 1 FROM heaps; SELECT n| FROM found;", "not word", "null word")]
    [InlineData("DROP TABLE hea|", "heaps table")]
    [InlineData("PRINT data_|", "'data_mqtt' topic")]
    [InlineData("EXPLAIN CTAS_H|", "*")]
    [InlineData("SELECT 'im|' FROM found;")]
    [InlineData("SELECT image -- im|")]
    [InlineData("SELECT /* im| */ image FROM found;")]
    [InlineData("SELECT found|")]
    [InlineData("SELECT 1.|")]
    public async Task What_is_offered_fits_the_place(string text, params string[] expected)
    {
        await using var browser = await OpenAsync();
        var caret = text.IndexOf('|');
        var typed = text[caret - 1].ToString();

        // The last character is typed, all else is there already.
        await browser.Page.FillAsync(Editor, text.Remove(caret - 1, 2));
        await browser.Page.EvaluateAsync($"() => document.getElementById('sql-text').setSelectionRange({caret - 1}, {caret - 1})");
        await browser.Page.Keyboard.TypeAsync(typed);
        var offers = await browser.Page.Locator("#sql-offers li").AllTextContentsAsync();

        if (expected is ["*"])
            Assert.All(offers, offer => Assert.Matches("^CTAS_HEAPS_[0-9]+ query$", offer));
        else
            Assert.Superset(expected.ToHashSet(), offers.ToHashSet());
        Assert.Equal(expected.Length == 0, offers.Count == 0);
        Assert.DoesNotContain("n column of HEAPS", offers);
    }

    [Fact]
    public async Task A_query_is_explained_by_a_picture_of_its_operators_and_the_editor_keeps_its_text()
    {
        await using var browser = await OpenAsync();
        await browser.Page.FillAsync(Editor, "SELECT mine;");

        await browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("^Explain CTAS_HEAPS") }).ClickAsync();
        await browser.Page.Locator(".plan svg").WaitForAsync();
        var boxes = await browser.Page.Locator(".plan g .kind").AllTextContentsAsync();
        var told = await browser.Page.Locator(".plan desc").TextContentAsync();
        var found = await DashboardPages.AxeAsync(browser.Page);

        Assert.Equal(["stream FOUND", "aggregate", "project", "into table"], boxes);
        Assert.StartsWith("stream FOUND topic data_mqtt, JSON: IMAGE", told, StringComparison.Ordinal);
        Assert.Equal("SELECT mine;", await browser.Page.InputValueAsync(Editor));
        Assert.Equal("[]", found);
    }

    private async Task<ChromiumPage> OpenAsync()
    {
        var browser = await chromium.OpenAsync();
        await DashboardPages.OpenAsync(dashboard, browser, "sql");
        await browser.Page.FillAsync(Editor, "");
        return browser;
    }

    private static async Task TypeAsync(ChromiumPage browser, string text)
    {
        await browser.Page.FocusAsync(Editor);
        await browser.Page.Keyboard.TypeAsync(text);
    }

    private static Task OffersAreAsync(ChromiumPage browser, params string[] offers) => offers.Length == 0
        ? Assertions.Expect(browser.Page.Locator("#sql-offers")).ToBeHiddenAsync(new() { Timeout = DashboardPages.LongestMs })
        : Assertions.Expect(browser.Page.Locator("#sql-offers li")).ToHaveTextAsync(offers, new() { Timeout = DashboardPages.LongestMs });
}
