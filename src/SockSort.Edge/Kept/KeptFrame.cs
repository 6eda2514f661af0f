namespace SockSort.Edge.Kept;

/// <summary>A frame that was kept with what its message says of it.</summary>
/// <param name="Run">Value of the message's field <c>run</c>.</param>
/// <param name="Seq">Value of the message's field <c>seq</c>, at least 1.</param>
/// <param name="CapturedAt">When the frame was captured, UTC.</param>
/// <param name="Label">Label of the frame.</param>
/// <param name="Percent">Probability in percent, 0 to 100.</param>
/// <param name="Jpeg">The picture without a label on it, at most 1280 x 720 or 720 x 1280; must not be changed.</param>
public sealed record KeptFrame(string Run, long Seq, DateTimeOffset CapturedAt, string Label, double Percent, byte[] Jpeg);
