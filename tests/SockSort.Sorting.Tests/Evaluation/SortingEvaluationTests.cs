using System.Net;
using SockSort.Sorting.Evaluation;

namespace SockSort.Sorting.Tests.Evaluation;

public class SortingEvaluationTests
{
    // Of the seeds that the parameters were not tuned by.
    private const int Seed = 5;

    [Fact]
    public void Sightings_count_nearly_every_scenario_exactly()
    {
        var (clean, wrong) = (ScoreOf(0), ScoreOf(0.1));

        Assert.InRange(clean.ExactShare, 0.98, 1);
        Assert.InRange(wrong.ExactShare, 0.9, 1);
        Assert.InRange(wrong.MedianDelayMs!.Value, 0, 1000);
    }

    [Fact]
    public async Task Each_method_counts_the_same_scenarios()
    {
        var rows = await new SortingEvaluation(scenarios: 5, Seed).RunAsync(wrongFrames: 0, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["the original's SQL (5 s windows)", "SQL with session windows (2 s)", "sightings"], rows.Select(row => row.Method));
        Assert.Single(rows.Select(row => row.Score.SocksShown).Distinct());
        Assert.True(rows[2].Score.SocksWrong < rows[1].Score.SocksWrong);
        Assert.True(rows[1].Score.SocksWrong < rows[0].Score.SocksWrong);
    }

    [Fact]
    public void The_same_seed_gives_the_same_scenarios()
    {
        var (first, second) = (new SortingEvaluation(3, Seed).Make(0.1), new SortingEvaluation(3, Seed).Make(0.1));

        Assert.Equal(first.SelectMany(scenario => scenario.Frames), second.SelectMany(scenario => scenario.Frames));
        Assert.Equal(first.SelectMany(scenario => scenario.Truth), second.SelectMany(scenario => scenario.Truth));
    }

    [Fact]
    public async Task The_report_shows_each_row_and_loads_nothing()
    {
        var rows = await new SortingEvaluation(scenarios: 2, Seed).RunAsync(wrongFrames: 0.1, TestContext.Current.CancellationToken);

        var page = EvaluationReport.Page("<two> scenarios", rows);

        Assert.All(rows, row => Assert.Contains($"<td>{WebUtility.HtmlEncode(row.Method)}</td>", page, StringComparison.Ordinal));
        Assert.Contains("&lt;two&gt; scenarios", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    private static Score ScoreOf(double wrongFrames)
    {
        var score = new Score();
        foreach (var scenario in new SortingEvaluation(scenarios: 100, Seed).Make(wrongFrames))
            _ = score.Add(scenario.Truth, SightingCounts.Of(scenario, new()));
        return score;
    }
}
