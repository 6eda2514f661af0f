using System.Text.Json.Serialization;

namespace SockSort.Edge.LiveView;

/// <summary>What <c>/status.json</c> tells.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="State">
/// <c>waiting</c> before the first frame, then <c>live</c>, or <c>stalled</c> when frames stay away; <c>away</c> while the camera is opened
/// again.
/// </param>
/// <param name="Frame">The newest frame; null before the first.</param>
/// <param name="Fps">Frames per second over the last frames; 0 before the second.</param>
/// <param name="Viewers">Streams that are open now.</param>
/// <param name="Places">Streams that may be open at one time.</param>
/// <param name="Refused">Streams since the start that found no place.</param>
/// <param name="CutOff">Streams since the start that were ended because their viewer did not read.</param>
/// <param name="Watching">Whether the viewer that asks has a stream open; null for who does not say which one he is.</param>
/// <param name="Recent">The last frames, oldest first.</param>
/// <param name="Panels">The host's tables.</param>
/// <param name="Figures">The host's figures, by name.</param>
/// <param name="Problem">Why the camera is away; null in the other states.</param>
internal sealed record LiveStatus(
    string Camera,
    string State,
    LiveStatusFrame? Frame,
    double Fps,
    int Viewers,
    int Places,
    long Refused,
    long CutOff,
    bool? Watching,
    IReadOnlyList<LiveStatusLabel> Recent,
    IReadOnlyList<LivePanel> Panels,
    IReadOnlyDictionary<string, double> Figures,
    string? Problem);

/// <param name="Number">The camera's number.</param>
/// <param name="Name">The camera's name of the frame.</param>
/// <param name="CapturedAt">UTC.</param>
/// <param name="Label">What was recognised.</param>
/// <param name="Probability">Percent, 2 decimals.</param>
internal sealed record LiveStatusFrame(long Number, string Name, DateTimeOffset CapturedAt, string Label, double Probability);

/// <param name="Label">What was recognised.</param>
/// <param name="Probability">Percent, 2 decimals.</param>
internal sealed record LiveStatusLabel(string Label, double Probability);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveStatus))]
internal sealed partial class LiveStatusJson : JsonSerializerContext;
