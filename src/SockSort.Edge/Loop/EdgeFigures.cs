using SockSort.Edge.LiveView;
using SockSort.Edge.Recognition;
using SockSort.Mqtt;

namespace SockSort.Edge.Loop;

/// <summary>Turns the counters of an <see cref="EdgeRunner"/> into figures for programs.</summary>
public static class EdgeFigures
{
    public static IReadOnlyList<LiveFigure> Of(EdgeCounts counts) =>
    [
        Total("frames", counts.Frames, "Frames classified."),
        Total("frames_dropped", counts.Camera.Dropped, "Frames that were overtaken by newer ones."),
        Total("frames_unreadable", counts.Camera.Skipped, "Pictures that could not be read."),
        Total("frames_damaged", counts.Camera.Damaged, "Frames of a video or stream that were damaged."),
        Total("camera_reopened", counts.Camera.Reopened, "How often a camera that had broken off gave frames again."),
        Total("messages", counts.Publisher.Enqueued, "Messages given to the publisher."),
        Total("messages_acknowledged", counts.Publisher.Acknowledged, "Messages that the broker has taken."),
        Total("messages_dropped", counts.Publisher.Dropped, "Messages lost, as the publisher's queue was full."),
        Total("messages_refused", counts.Publisher.Rejected, "Messages lost, as the broker has refused them."),
        Total("messages_resent", counts.Publisher.Resent, "Sends of messages that had been sent before."),
        Now("messages_waiting", counts.Publisher.Waiting + counts.Publisher.InFlight, "Messages that the broker has not taken yet."),
        Total("messages_restored", counts.Publisher.Buffer?.Restored ?? 0, "Messages that an earlier start has left in the buffer."),
        Total("messages_unconfirmed", counts.Publisher.Buffer?.Unconfirmed ?? 0, "Messages that the broker has taken and whose receiver "
            + "had not confirmed them when the buffer was full."),
        Now("buffer_bytes", counts.Publisher.Buffer?.Bytes ?? 0, "Bytes of the publisher's buffer on disk."),
        Now("topics_refused", counts.Publisher.RefusedTopics.Count, "Topics on which the broker takes nothing, the "
            + "last will's among them."),
        Now("broker_connected", counts.Publisher.State == ConnectionState.Connected ? 1 : 0, "1 while the broker is connected."),
    ];

    /// <param name="model">Null for a model for good, which has no figures.</param>
    public static IReadOnlyList<LiveFigure> Of(ModelStatus? model) => model is null
        ? []
        :
        [
            Total("models_taken", model.Taken, "Models taken into use since the start, the first one not counted."),
            Total("models_refused", model.Refused, "Models and orders of models that were refused."),
        ];

    private static LiveFigure Total(string name, long value, string description) => new(name, value, IsTotal: true, description);

    private static LiveFigure Now(string name, long value, string description) => new(name, value, IsTotal: false, description);
}
