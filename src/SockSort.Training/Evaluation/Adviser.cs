using SockSort.Models.Package;

namespace SockSort.Training.Evaluation;

/// <summary>Reads an evaluation for whoever takes the photos: which to add next, and why.</summary>
public static class Adviser
{
    private const string Background = ModelPackage.BackgroundLabel;

    // Below, a label is told right but close to being mistaken.
    private const double Unsure = 0.65;

    // A difference in mean brightness that one sees at once.
    private const double SeenDifference = 0.12;

    private const double GoodAuc = 0.95;
    private const double GoodCalibration = 0.1;
    private const int FewPictures = 5;

    /// <returns>The worst first; empty where nothing stands out.</returns>
    public static IReadOnlyList<Advice> Of(EvaluationResult result)
    {
        var weak = Enumerable.Range(0, result.Labels.Count)
            .Select(label => (Label: label, Pictures: result.Judgements.Where(judgement => judgement.Truth == label).ToArray()))
            .Where(known => known.Pictures.Length > 0)
            .OrderBy(known => known.Pictures.Average(judgement => judgement.Probabilities[known.Label]))
            .Select(known => OfLabel(result, known.Label, known.Pictures));
        Advice?[] all = [.. weak, OfUnknown(result), OfCalibration(result), OfCount(result)];
        return [.. all.OfType<Advice>()];
    }

    private static Advice? OfLabel(EvaluationResult result, int label, Judgement[] pictures)
    {
        var name = result.Labels[label];
        var wrong = pictures.Where(judgement => !judgement.IsRight).ToArray();
        if (wrong.Length > 0)
            return new Advice(
                name, $"{wrong.Length} of {pictures.Length} pictures were taken for {Names(result, wrong)}",
                ActionFor(result, name, pictures, wrong));
        var sureness = pictures.Average(judgement => judgement.Probabilities[label]);
        return sureness < Unsure
            ? new Advice(
                name, $"told right, but with only {sureness:P0} on average", $"add photos of {name} from the side and in another light")
            : null;
    }

    private static string ActionFor(EvaluationResult result, string name, Judgement[] pictures, Judgement[] wrong)
    {
        if (name == Background)
            return "add photos of the empty scene, as the camera sees it, in a folder class-blank";
        if (LightOf(pictures, wrong) is { } light)
            return $"add photos of {name} {light}";
        var taken = wrong.GroupBy(judgement => judgement.Said).MaxBy(group => group.Count())!;
        var other = result.Labels[taken.Key];
        if (other == Background)
            return $"add photos of {name} from further away: it was taken for an empty scene";
        return taken.Count() * 2 > wrong.Length
            ? $"add photos of {name} from the side, and such that show what {other} does not have"
            : $"add photos of {name} from the side, turned, and in a hand";
    }

    /// <summary>Whether the pictures that were mistaken lie in another light than those that were told right.</summary>
    private static string? LightOf(Judgement[] pictures, Judgement[] wrong)
    {
        if (wrong.Average(judgement => judgement.Brightness) is not { } dark
            || pictures.Where(judgement => judgement.IsRight).Average(judgement => judgement.Brightness) is not { } bright)
        {
            return null;
        }
        return (dark - bright) switch
        {
            < -SeenDifference => $"in dim light: the mistaken ones are darker ({dark:P0} of full brightness, the others {bright:P0})",
            > SeenDifference => $"in bright light: the mistaken ones are brighter ({dark:P0} of full brightness, the others {bright:P0})",
            _ => null,
        };
    }

    private static Advice? OfUnknown(EvaluationResult result)
    {
        if (result.Auc is not < GoodAuc)
            return null;
        var worst = result.Confusion.Rows.Where(row => row.Class < 0).MaxBy(row => row.Total)!;
        var taken = result.Labels[worst.Said.Index().MaxBy(said => said.Item).Index];
        return new Advice("Unknown socks", $"hard to tell from known ones (AUC {result.Auc:0.00}); {worst.Label} is "
            + $"mostly taken for {taken}",
            $"teach it: three photos of {worst.Label} in a folder of its own are enough to begin with");
    }

    private static Advice? OfCalibration(EvaluationResult result)
    {
        if (result.Reliability.ExpectedError is not > GoodCalibration)
            return null;
        var sureness = result.Judgements.Where(judgement => judgement.IsKnown).Average(judgement => judgement.Probability);
        return new Advice("Probabilities", $"it is {sureness:P0} sure on average, and right in {result.Accuracy:P0}",
            sureness < result.Accuracy
                ? "read them as too modest on pictures like these"
                : "do not trust a high probability alone on pictures like these; photos in the camera's own light help most");
    }

    private static Advice? OfCount(EvaluationResult result)
    {
        var few = result.Classes.Where(known => known.Photos is > 0 and < FewPictures).ToArray();
        return few.Length == 0
            ? null
            : new Advice("These figures", $"{few.Length} of {result.Classes.Count(known => known.Photos > 0)} labels were judged by fewer "
            + $"than {FewPictures} pictures",
            "judge by more pictures before you rely on a difference of a few percent");
    }

    private static string Names(EvaluationResult result, Judgement[] wrong) => string.Join(", ", wrong
        .GroupBy(judgement => judgement.Said).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
        .Select(group => group.Count() == wrong.Length ? result.Labels[group.Key] : $"{result.Labels[group.Key]} ({group.Count()})"));
}
