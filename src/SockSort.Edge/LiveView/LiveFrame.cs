using SockSort.Imaging;

namespace SockSort.Edge.LiveView;

/// <summary>A classified frame for the live view.</summary>
/// <param name="Number">Number that the camera gave the frame.</param>
/// <param name="Name">Name that the camera gave the frame.</param>
/// <param name="CapturedAt">When the frame was captured, UTC.</param>
/// <param name="Picture">Must not change any more. The view does not change it either: it draws the label on a copy.</param>
/// <param name="Label">Label of the frame, shown as it is.</param>
/// <param name="Percent">Probability in percent, 0 to 100.</param>
public sealed record LiveFrame(long Number, string Name, DateTimeOffset CapturedAt, Frame Picture, string Label, double Percent)
{
    /// <summary>Whether the label is of a sock that was just learnt from a few frames.</summary>
    public bool IsLearnt { get; init; }
}
