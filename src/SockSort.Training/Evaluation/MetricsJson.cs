using System.Text.Json.Nodes;

namespace SockSort.Training.Evaluation;

/// <summary>
/// <c>metrics.json</c>, and what <c>evaluate --json</c> prints: figures by name, <c>accuracy</c> and <c>auc</c> first; an unknown figure is
/// null.
/// </summary>
public static class MetricsJson
{
    private const int Digits = 6;

    public static JsonObject Of(EvaluationResult result) => new()
    {
        ["accuracy"] = Figure(result.Accuracy),
        ["auc"] = Figure(result.Auc),
        ["top2"] = Figure(result.Top2),
        ["macro_f1"] = Figure(result.MacroF1),
        ["calibration_error"] = Figure(result.Reliability.ExpectedError),
        ["calibration_error_before_temperature"] = Figure(result.ReliabilityBefore.ExpectedError),
        ["temperature"] = Figure(result.Temperature),
        ["photos"] = result.Judgements.Count,
        ["known"] = result.Known,
        ["right"] = result.Right,
        ["unknown"] = result.Unknown,
        ["rejection"] = RejectionOf(result),
        ["labels"] = new JsonArray([.. result.Labels.Select(label => JsonValue.Create(label))]),
        ["classes"] = new JsonArray([.. result.Classes.Select(ClassOf)]),
        ["confusion"] = new JsonArray([.. result.Confusion.Rows.Select(RowOf)]),
        ["judgements"] = new JsonArray([.. result.Judgements.Select(judgement => JudgementOf(result, judgement))]),
    };

    /// <summary>What the model's own threshold does to these pictures; null where it has none.</summary>
    private static JsonObject? RejectionOf(EvaluationResult result) => result.Rejection is not { } rule
        ? null
        : new JsonObject
        {
            ["by"] = rule.IsByProbability ? "probability" : "unknown",
            ["threshold"] = rule.Threshold,
            ["known_kept"] = Figure(result.KnownKept),
            ["unknown_found"] = Figure(result.UnknownFound),
        };

    private static JsonNode ClassOf(ClassScore known) => new JsonObject
    {
        ["label"] = known.Label,
        ["photos"] = known.Photos,
        ["right"] = known.Right,
        ["precision"] = Figure(known.Precision),
        ["recall"] = Figure(known.Recall),
        ["f1"] = Figure(known.F1),
    };

    private static JsonNode RowOf(ConfusionRow row) => new JsonObject
    {
        ["label"] = row.Label,
        ["known"] = row.Class >= 0,
        ["said"] = new JsonArray([.. row.Said.Select(count => JsonValue.Create(count))]),
    };

    private static JsonNode JudgementOf(EvaluationResult result, Judgement judgement) => new JsonObject
    {
        ["photo"] = judgement.Name,
        ["label"] = judgement.Label,
        ["truth"] = judgement.IsKnown ? result.Labels[judgement.Truth] : null,
        ["said"] = result.Labels[judgement.Said],
        ["probability"] = judgement.Probability,
        ["unknown"] = judgement.Unknown,
        ["probabilities"] = new JsonArray([.. judgement.Probabilities.Select(share => JsonValue.Create(share))]),
    };

    private static JsonValue? Figure(double? value) => value is { } figure ? JsonValue.Create(Math.Round(figure, Digits)) : null;
}
