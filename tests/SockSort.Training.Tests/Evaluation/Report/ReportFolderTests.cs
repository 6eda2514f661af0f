using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SockSort.Models.Package;
using SockSort.Testing;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.Photos;

namespace SockSort.Training.Tests.Evaluation.Report;

public sealed partial class ReportFolderTests : IDisposable
{
    private static readonly string[] Labels = ["Google", "Mongo", "<b>Rock & Roll</b>", "Blank"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_a_page_and_its_figures()
    {
        ReportFolder.Write(_folder.File("report"), Content());

        var metrics = JsonNode.Parse(File.ReadAllText(_folder.File("report/metrics.json")))!.AsObject();
        Assert.Equal(
            ["metrics.json", "report.html"], Directory.GetFiles(_folder.File("report")).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal("accuracy", metrics.First().Key);
        Assert.Equal("7", (string?)metrics["facts"]!["Training"]!["seed"]);
        Assert.Equal("[1,2.5]", metrics["curves"]![0]!["lines"]![0]!["points"]![0]!.ToJsonString());
        Assert.Equal("[2,null]", metrics["curves"]![0]!["lines"]![0]!["points"]![1]!.ToJsonString());
        Assert.Equal("broken.jpg", (string?)metrics["skipped"]![0]!["photo"]);
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere_and_runs_no_script()
    {
        var page = ReportPage.Render(Content());

        Assert.All(
            ReferencePattern().Matches(page).Select(match => match.Value),
            reference => Assert.Contains("data:image/jpeg;base64,", reference));
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
    }

    [Fact]
    public void Names_are_shown_as_they_are()
    {
        var page = ReportPage.Render(Content());

        Assert.DoesNotContain("<b>Rock", page);
        Assert.Contains("&lt;b&gt;Rock &amp; Roll&lt;/b&gt;", page);
    }

    [Fact]
    public void Pictures_of_the_confusion_and_the_hardest_ones_are_asked_for()
    {
        var result = Content().Result!;

        Assert.Equal(["p/0.jpg", "p/1.jpg", "p/2.jpg", "p/3.jpg", "p/4.jpg"], ReportSelection.NamesOf(result).Order());
    }

    [Fact]
    public void A_training_without_held_out_photos_still_has_curves_and_facts()
    {
        var page = ReportPage.Render(Content() with { Result = null });

        Assert.Contains("How it learnt", page);
        Assert.Contains("Settings, hashes and times", page);
        Assert.DoesNotContain("What is taken for what", page);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_browser_shows_it_whole_and_readable_to_everyone(int width, ColorScheme scheme)
    {
        var chromium = Programs.Find("chromium");
        ReportFolder.Write(_folder.Path, Content());
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
        var page = await browser.NewPageAsync(
            new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme });
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);

        await page.GotoAsync(new Uri(_folder.File("report.html")).AbsoluteUri);

        Assert.Equal([
            "What to do next", "What is taken for what", "Label by label", "How far to trust its probabilities", "The hardest pictures",
            "How it learnt", "Left out", "Settings, hashes and times",
        ],
            await page.Locator("h2").AllTextContentsAsync());
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => [...document.images].every(image => image.loading === 'lazy' || image.naturalWidth > 0)"));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal("[]", await AxeAsync(page));
        Assert.Empty(complaints);
    }

    /// <summary>What axe finds, as JSON.</summary>
    private static async Task<string> AxeAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(NpmPackages.Find("axe-core/axe.min.js")));
        return await page.EvaluateAsync<string>(
            "() => axe.run().then(found => JSON.stringify(found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html)])))");
    }

    private static ReportContent Content()
    {
        Judgement[] judgements =
        [
            Judged.As(0, 0.9f, 0.06f, 0.02f, 0.02f) with { Name = "p/0.jpg" },
            Judged.As(0, 0.3f, 0.6f, 0.05f, 0.05f) with { Name = "p/1.jpg" },
            Judged.As(1, 0.1f, 0.8f, 0.05f, 0.05f) with { Name = "p/2.jpg" },
            Judged.As(2, 0.1f, 0.1f, 0.7f, 0.1f) with { Name = "p/3.jpg" },
            Judged.As(-1, 0.2f, 0.5f, 0.2f, 0.1f) with { Name = "p/4.jpg" },
        ];
        var thumbnails = judgements.Take(4)
            .ToDictionary(judgement => judgement.Name, _ => SockSort.Imaging.Encoding.JpegWriter.Encode(Pictures.Slope(64)));
        return new ReportContent
        {
            Title = "model.tar.gz on frames",
            How = "Each photo was judged by a model that had not seen it.",
            Result = new EvaluationResult(Labels, judgements, temperature: 0.5),
            Thumbnails = thumbnails,
            Curves = [new Chart("Loss", "step", "loss", [new ChartLine("loss", [(1, 2.5), (2, double.PositiveInfinity), (3, 0.4)])])],
            Facts = [new FactGroup("Training", [("seed", "7"), ("method", "a < b")])],
            Skipped = [new SkippedPhoto("broken.jpg", "cut off")],
            MadeAt = DateTimeOffset.UnixEpoch,
        };
    }

    [GeneratedRegex("(src|href|url)[=(][^>]{0,60}")]
    private static partial Regex ReferencePattern();
}
