namespace SockSort.Imaging.Tests.Synthetic;

/// <summary>What tests ask of a picture.</summary>
internal static class Pixels
{
    /// <summary>Share of the pixels with half as much blue again as red.</summary>
    public static double ShareOfBlue(Frame frame) =>
        Enumerable.Range(0, frame.Width * frame.Height)
            .Count(pixel => frame.Rgb[(pixel * 3) + 2] > 1.5 * frame.Rgb[pixel * 3]) / (double)(frame.Width * frame.Height);

    /// <summary>Share of the pixels in which any channel differs by more than <paramref name="step"/>.</summary>
    public static double ShareThatDiffers(Frame one, Frame other, int step) =>
        Enumerable.Range(0, one.Width * one.Height)
            .Count(pixel => Enumerable.Range(pixel * 3, 3).Any(at => Math.Abs(one.Rgb[at] - other.Rgb[at]) > step))
        / (double)(one.Width * one.Height);
}
