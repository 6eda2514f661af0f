using SockSort.Imaging;

namespace SockSort.Edge.LiveView;

/// <summary>A classified frame for the live view.</summary>
/// <param name="Number">The camera's number.</param>
/// <param name="Name">The camera's name of the frame.</param>
/// <param name="CapturedAt">UTC.</param>
/// <param name="Picture">Must not change any more; stays as it is, for the label is drawn on a copy.</param>
/// <param name="Label">Shown as it is.</param>
/// <param name="Percent">0 to 100.</param>
public sealed record LiveFrame(long Number, string Name, DateTimeOffset CapturedAt, Frame Picture, string Label, double Percent);
