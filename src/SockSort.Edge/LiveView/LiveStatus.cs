using System.Text.Json.Serialization;

namespace SockSort.Edge.LiveView;

/// <summary>What <c>/status.json</c> tells.</summary>
/// <param name="Camera">The camera's name.</param>
/// <param name="State"><c>waiting</c> before the first frame, then <c>live</c>, or <c>stalled</c> when frames stay away.</param>
/// <param name="Frame">The newest frame; null before the first.</param>
/// <param name="Fps">Frames per second over the last frames; 0 before the second.</param>
/// <param name="Viewers">Streams that are open now.</param>
/// <param name="Recent">The last frames, oldest first.</param>
/// <param name="Panels">The host's tables.</param>
internal sealed record LiveStatus(
    string Camera,
    string State,
    LiveStatusFrame? Frame,
    double Fps,
    int Viewers,
    IReadOnlyList<LiveStatusLabel> Recent,
    IReadOnlyList<LivePanel> Panels);

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
