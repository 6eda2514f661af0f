using SockSort.Training.Features;
using SockSort.Training.Head;

namespace SockSort.Training.Validation;

/// <summary>
/// How well photos can be told apart by heads that have not seen them, on the backbone before it was tuned. It says nothing of the tuned
/// model.
/// </summary>
/// <param name="Folds">Heads that were learnt, each without one share of the photos.</param>
/// <param name="Photos">Photos that were held out.</param>
/// <param name="Right">Those that were told right.</param>
/// <param name="CopiesRight">Share of their changed copies that were told right, 0..1.</param>
public sealed record FoldsBeforeTuning(int Folds, int Photos, int Right, double CopiesRight)
{
    internal static FoldsBeforeTuning Of(TrainingPlan plan, CrossValidation check)
    {
        var held = check.Photos.Index().Where(said => said.Item >= 0).ToArray();
        var right = held.Count(said => said.Item == plan.Photos[said.Index].Class);
        return new FoldsBeforeTuning(check.Folds, held.Length, right, check.CopiesRight);
    }
}
