namespace SockSort.Imaging.Labels;

/// <param name="Frame">File name of the picture, as the file has it.</param>
/// <param name="Label">What it shows; empty = not known.</param>
public sealed record FrameLabel(string Frame, string Label)
{
    /// <summary>The label of a frame that shows no sock.</summary>
    public const string Blank = "Blank";
}
