using SockSort.Cli.Output;
using SockSort.Training.Evaluation;
using Spectre.Console;

namespace SockSort.Cli.Evaluation;

/// <summary>The outcome of <c>model diff</c> as a table and as JSON.</summary>
/// <param name="OldVersion">Of the first model.</param>
/// <param name="NewVersion">Of the second.</param>
/// <param name="Comparison">What they say.</param>
internal sealed record ModelDifference(string OldVersion, string NewVersion, ModelComparison Comparison)
{
    public void Write(IAnsiConsole console)
    {
        if (Comparison.Changed.Count > 0)
            console.Write(Table());
        console.WriteLine($"old {OldVersion}: {AccuracyOf(Comparison.Before)}");
        console.WriteLine($"new {NewVersion}: {AccuracyOf(Comparison.After)}");
        console.WriteLine(
            $"{Comparison.Changed.Count} of {Counted.Of(Comparison.Pictures, "answer")} changed: {Count(ChangeEffect.Better)} better, "
                + $"{Count(ChangeEffect.Worse)} worse, {Count(ChangeEffect.Neither)} neither");
    }

    /// <summary>
    /// How many fewer pictures the new model tells right, of those whose label the old one knows; negative where it tells more.
    /// </summary>
    public int Lost
    {
        get
        {
            var known = Comparison.Before.Judgements.Where(judgement => judgement.IsKnown).Select(judgement => judgement.Name).ToHashSet();
            return Comparison.Before.Right
                - Comparison.After.Judgements.Count(judgement => judgement.IsRight && known.Contains(judgement.Name));
        }
    }

    public object ToJson() => new
    {
        Old = SideOf(OldVersion, Comparison.Before),
        New = SideOf(NewVersion, Comparison.After),
        Comparison.Pictures,
        Changed = Comparison.Changed.Select(change => new
        {
            Picture = change.Name,
            change.Label,
            Old = new { change.Before.Label, change.Before.Probability },
            New = new { change.After.Label, change.After.Probability },
            Effect = Word(change.Effect),
        }),
    };

    private static object SideOf(string version, EvaluationResult result) =>
        new { Version = version, result.Accuracy, result.Right, result.Known, result.Labels };

    private Table Table()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("picture", "label", "old", "new", "effect");
        foreach (var change in Comparison.Changed)
        {
            _ = table.AddRow(
                new Text(change.Name), new Text(change.Label), new Text(TextOf(change.Before)), new Text(TextOf(change.After)),
                new Text(Word(change.Effect)));
        }
        return table;
    }

    private static string TextOf(ModelAnswer answer) => $"{answer.Label} {Percents.Of(answer.Probability, "0.0")}";

    private static string AccuracyOf(EvaluationResult result) =>
        $"accuracy {Percents.Of(result.Accuracy)} ({result.Right} of {result.Known} whose label it knows)";

    private int Count(ChangeEffect effect) => Comparison.Changed.Count(change => change.Effect == effect);

    private static string Word(ChangeEffect effect) => effect.ToString().ToLowerInvariant();
}
