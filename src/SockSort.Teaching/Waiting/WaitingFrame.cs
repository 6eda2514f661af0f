using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Serialization;

namespace SockSort.Teaching.Waiting;

/// <summary>A frame that waits for somebody who says what it shows.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="CapturedAt">When it was captured, UTC.</param>
/// <param name="Label">What the model said.</param>
/// <param name="Percent">Probability of the label in percent, 0 to 100.</param>
public sealed record WaitingFrame(string Camera, DateTimeOffset CapturedAt, string Label, double Percent)
{
    /// <summary>Whether a correction has named it; else the model was unsure of it.</summary>
    public bool IsCorrected { get; init; }

    /// <summary>The sock that the correction has named; null where it has named none.</summary>
    public string? Suggested { get; init; }

    /// <summary>Names the frame: letters, digits and <c>-</c>; in the order of time.</summary>
    [JsonIgnore]
    public string Id
    {
        get
        {
            // A camera's name may hold anything, a file's name may not.
            var camera = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(Camera));
            return string.Create(CultureInfo.InvariantCulture, $"{CapturedAt.UtcDateTime:yyyyMMdd-HHmmss-fff}-{camera:x8}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WaitingFrame))]
internal sealed partial class WaitingFrameJson : JsonSerializerContext;
