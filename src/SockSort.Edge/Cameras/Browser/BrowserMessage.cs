using System.Text.Json.Serialization;

namespace SockSort.Edge.Cameras.Browser;

/// <summary>What a phone's page is told, as one JSON object; what is null is left out.</summary>
internal sealed record BrowserMessage
{
    /// <summary>First message of a connection: pictures that are wanted per second; 0 for each as soon as the last one was taken.</summary>
    public double? Fps { get; init; }

    /// <summary>The picture of this number has come whole, and the page may send another.</summary>
    public long? Taken { get; init; }

    /// <summary>Why a picture could not be read.</summary>
    public string? Problem { get; init; }

    /// <summary>Label of the newest picture that was classified.</summary>
    public string? Label { get; init; }

    /// <summary>Probability of the label in percent, rounded to 2 decimals.</summary>
    public double? Probability { get; init; }

    /// <summary>Milliseconds from the arrival of that picture to its label.</summary>
    public long? DelayMs { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BrowserMessage))]
internal sealed partial class BrowserMessageJson : JsonSerializerContext;
