using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Evaluation;

/// <summary>Counts the same scenarios by each method.</summary>
/// <param name="scenarios">So many of each kind.</param>
/// <param name="seed">The same seed, the same scenarios.</param>
public sealed class SortingEvaluation(int scenarios, int seed)
{
    /// <summary>As the table shows it.</summary>
    public const string Sightings = "sightings";

    /// <summary>The shares of wrong frames of the kinds of scenarios.</summary>
    public static readonly IReadOnlyList<double> WrongFrames = [0, 0.05, 0.1, 0.2];

    private const int SeedsApart = 100_003;

    // 2023-11-14, 22:13:20: whole hours from there, so that no scenario's windows depend on the others.
    private const long FirstMs = 1_700_000_000_000;
    private const long ApartMs = 3_600_000;

    private static readonly IReadOnlyList<SqlMethod> SqlMethods = [SqlMethod.Original, SqlMethod.Sessions];

    /// <summary>How scenarios are made; the share of wrong frames is put in.</summary>
    public ScenarioOptions Scenarios { get; init; } = new();

    /// <summary>The detector's parameters.</summary>
    public SightingOptions Detector { get; init; } = new();

    /// <summary>Counts the scenarios of one kind by each method.</summary>
    /// <param name="wrongFrames">The share of frames with a wrong label, 0 to 1.</param>
    public async Task<IReadOnlyList<EvaluationRow>> RunAsync(double wrongFrames, CancellationToken cancellation)
    {
        var made = Make(wrongFrames);
        var rows = new List<EvaluationRow>();
        foreach (var method in SqlMethods)
            rows.Add(RowOf(method.Name, wrongFrames, made, await SqlCounts.OfAsync(method, made, cancellation)));
        rows.Add(RowOf(Sightings, wrongFrames, made, [.. made.Select(scenario => SightingCounts.Of(scenario, Detector))]));
        return rows;
    }

    /// <summary>The scenarios of one kind.</summary>
    public IReadOnlyList<Scenario> Make(double wrongFrames)
    {
        var options = Scenarios with { WrongFrames = wrongFrames };
        return [.. Enumerable.Range(0, scenarios).Select(number => MakeOne(options, number))];
    }

    private Scenario MakeOne(ScenarioOptions options, int number) =>
        ScenarioMaker.Make(options, unchecked((seed * SeedsApart) + number), FirstMs + (number * ApartMs));

    private static EvaluationRow RowOf(
        string method, double wrongFrames, IReadOnlyList<Scenario> scenarios, IReadOnlyList<IReadOnlyList<Count>> counts)
    {
        var score = new Score();
        foreach (var (scenario, counted) in scenarios.Zip(counts))
            _ = score.Add(scenario.Truth, counted);
        return new(method, wrongFrames, score);
    }
}
