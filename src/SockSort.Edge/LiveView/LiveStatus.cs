using System.Text.Json.Serialization;
using SockSort.Edge.Recognition;

namespace SockSort.Edge.LiveView;

/// <summary>Body of the response to <c>/status.json</c>.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="State">
/// <c>waiting</c> before the first frame, then <c>live</c>, or <c>stalled</c> when no new frames come; <c>away</c> while the camera is
/// being reopened.
/// </param>
/// <param name="Frame">The newest frame; null before the first.</param>
/// <param name="Fps">Frames per second over the last frames; 0 before the second.</param>
/// <param name="Viewers">Streams that are open now.</param>
/// <param name="Places">Largest number of streams that may be open at the same time.</param>
/// <param name="Refused">Streams refused since the start because all places were taken.</param>
/// <param name="CutOff">Streams cut off since the start because their viewer did not read.</param>
/// <param name="Watching">Whether the viewer that asks has a stream open; null if the request names no viewer.</param>
/// <param name="Recent">Labels of the last frames, oldest first.</param>
/// <param name="Panels">The host's tables.</param>
/// <param name="Figures">The host's figures, by name.</param>
/// <param name="Problem">Why the camera is away; null in the other states.</param>
/// <param name="Hint">What the user should do so that frames come; null where nothing is to be done or it is not known.</param>
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
    string? Problem,
    string? Hint)
{
    /// <summary>Which model is run; left out where nobody says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelStatus? Model { get; init; }
}

/// <param name="Number">Number that the camera gave the frame.</param>
/// <param name="Name">Name that the camera gave the frame.</param>
/// <param name="CapturedAt">When the frame was captured, UTC.</param>
/// <param name="AgeMs">Milliseconds since then, by the clock of this machine.</param>
/// <param name="Label">Label of the frame.</param>
/// <param name="Probability">Probability in percent, rounded to 2 decimals.</param>
internal sealed record LiveStatusFrame(
    long Number, string Name, DateTimeOffset CapturedAt, long AgeMs, string Label, double Probability)
{
    /// <summary>Whether the sock was just learnt from a few frames; left out where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Learnt { get; init; }
}

/// <param name="Label">Label of the frame.</param>
/// <param name="Probability">Probability in percent, rounded to 2 decimals.</param>
internal sealed record LiveStatusLabel(string Label, double Probability);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveStatus))]
[JsonSerializable(typeof(LiveStatusFrame))]
internal sealed partial class LiveStatusJson : JsonSerializerContext;
