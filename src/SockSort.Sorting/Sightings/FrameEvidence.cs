namespace SockSort.Sorting.Sightings;

/// <summary>How likely one frame is for each thing that may be before the camera.</summary>
/// <param name="frame">What the model said.</param>
/// <param name="options">Names the labels that are no socks, and how far a frame is believed.</param>
/// <param name="weight">How much the frame counts, 0 to 1: frames that follow each other closely err together.</param>
internal readonly ref struct FrameEvidence(LabelledFrame frame, SightingOptions options, double weight)
{
    /// <summary>So many things may be before the camera: what the model leaves is shared among them.</summary>
    public const int Things = 8;

    /// <summary>Whether the frame speaks for something unknown, whatever its label. Below its bound the score says nothing.</summary>
    public bool IsUnknown => frame.Unknown >= LabelledFrame.UnknownBound && frame.Label != options.Blank;

    /// <summary>How likely the frame is where nothing is there.</summary>
    public double OfNothing => Of(options.Blank);

    /// <summary>How likely the frame is where a sock, or something unknown, is there.</summary>
    public double Of(string label)
    {
        var (first, second) = (Math.Clamp(frame.Percent / 100, 0, 1), Math.Clamp(frame.SecondPercent / 100, 0, 1));
        var unknown = IsUnknown ? Math.Min(1, frame.Unknown!.Value) : 0;
        var rest = Math.Max(0, 1 - first - second) / (Things - 2);
        var share = rest;
        if (label == frame.Label)
            share = Math.Max(first, rest);
        else if (label == frame.Second)
            share = Math.Max(second, rest);
        share *= 1 - unknown;
        if (label == options.Unknown)
            share = Math.Max(share, unknown);
        // Whatever the model says, some frames are simply wrong.
        var believed = ((1 - options.WrongFrames) * share) + (options.WrongFrames / Things);
        return Math.Pow(believed, weight);
    }
}
