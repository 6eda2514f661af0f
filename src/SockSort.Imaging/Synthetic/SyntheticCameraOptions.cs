namespace SockSort.Imaging.Synthetic;

/// <summary>What kind of camera looks at the socks.</summary>
public sealed record SyntheticCameraOptions
{
    /// <summary>Width in pixels; default 640, 160 to 3840.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Height in pixels; default 360, 90 to 2160.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Frames a second; default 4, 0.1 to 240. Says when a frame is taken, not how fast it is given out.</summary>
    public double FramesPerSecond { get; init; } = 4;

    /// <exception cref="SyntheticException">A value is out of range.</exception>
    internal void Check()
    {
        Require("width", Width, 160, 3840);
        Require("height", Height, 90, 2160);
        Require("frames a second", FramesPerSecond, 0.1, 240);
    }

    private static void Require(string what, double value, double lowest, double highest)
    {
        if (!(value >= lowest && value <= highest))
            throw SyntheticErrors.OutOfRange(what, value, lowest, highest);
    }
}
