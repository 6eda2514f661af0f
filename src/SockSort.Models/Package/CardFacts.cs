using System.Globalization;
using System.Text.Json.Nodes;

namespace SockSort.Models.Package;

/// <summary>What <c>model.json</c> says, as facts to show.</summary>
public static class CardFacts
{
    /// <param name="path">Where the package lies.</param>
    /// <param name="package">Shown.</param>
    public static IReadOnlyList<FactGroup> Of(string path, ModelPackage package)
    {
        var card = package.Card;
        return
        [
            new FactGroup("Model",
            [
                ("package", path),
                ("labels", string.Join(", ", package.Labels)),
                ("folders", string.Join(", ", card.Classes.Select(known => known.Folder ?? "–"))),
                ("picture", $"{card.Input.Size} x {card.Input.Size}, {card.Input.Fit}, {card.Input.Resampling}, {card.Input.ColourOrder}"),
                ("scaling", $"(value - {card.Input.Mean}) / {card.Input.Scale}"),
                ("temperature", Number(card.Temperature)),
                ("rejection threshold", ThresholdOf(card)),
                ("model.onnx", FormattableString.Invariant($"{package.Onnx.Length / 1e6:0.0} MB")),
            ]),
            .. Group("Training", card.Training),
            .. Group("Metrics of the training", card.Metrics),
            .. card.Sha256.Count == 0 ? [] : new[] { new FactGroup("SHA-256", [.. card.Sha256.Select(hash => (hash.Key, hash.Value))]) },
        ];
    }

    private static string ThresholdOf(ModelCard card)
    {
        if (card.Unknown is { } score)
            return $"unknown from {Number(score.Threshold)} on";
        return card.RejectionThreshold is { } threshold ? $"unknown below a probability of {Number(threshold)}" : "none";
    }

    private static FactGroup[] Group(string heading, JsonObject facts) =>
        facts.Count == 0 ? [] : [new FactGroup(heading, [.. facts.Select(fact => (fact.Key.Replace('_', ' '), TextOf(fact.Value)))])];

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "–",
        JsonObject fields => string.Join(", ", fields.Select(field => $"{field.Key.Replace('_', ' ')} {TextOf(field.Value)}")),
        JsonArray items => string.Join("; ", items.Select(TextOf)),
        _ => value.ToString(),
    };
}
