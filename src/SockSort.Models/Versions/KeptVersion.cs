using System.Text.Json.Nodes;
using SockSort.Models.Package;

namespace SockSort.Models.Versions;

/// <summary>One version of a model.</summary>
/// <param name="Version">The first 12 digits of the SHA-256 of its file.</param>
/// <param name="Path">Where its bytes lie: a file of the versions' folder, or the model's own file.</param>
/// <param name="Since">When its bytes were first in use.</param>
/// <param name="LengthBytes">Of its file.</param>
/// <param name="IsInUse">Whether the model's file holds it now.</param>
/// <param name="IsKept">Whether it lies in the versions' folder; the version in use does only when it has been replaced once.</param>
public sealed record KeptVersion(
    string Version, string Path, DateTimeOffset Since, long LengthBytes, bool IsInUse, bool IsKept)
{
    /// <summary>What <c>model.json</c> says; null where the file is damaged.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>Why it cannot be used; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Photos that it has learnt from; null where its card does not say it.</summary>
    public int? Photos => (int?)NumberOf(Card?.Training["photos"]);

    /// <summary>Share of the pictures told right that its training was judged by, 0..1; null where its card does not say it.</summary>
    public double? Accuracy => NumberOf(Card?.Metrics["accuracy"]);

    private static double? NumberOf(JsonNode? value) => value is JsonValue number && number.TryGetValue<double>(out var is64) ? is64 : null;
}
