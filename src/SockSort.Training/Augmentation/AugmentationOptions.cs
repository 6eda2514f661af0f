namespace SockSort.Training.Augmentation;

/// <summary>
/// How far a photo is changed to stand for what a camera may see. Where the numbers come from: trials on photos taken
/// on a desk and a camera recording of the same socks before a wall, in other light.
/// </summary>
public sealed record AugmentationOptions
{
    /// <summary>Smallest share of the photo's area that a crop keeps; the largest is all.</summary>
    public float SmallestCrop { get; init; } = 0.35f;

    /// <summary>The largest turn to either side, in degrees.</summary>
    public float LargestTurn { get; init; } = 25;

    /// <summary>
    /// Share of the pictures that are turned by one, two or three right angles before: a sock lies on a desk any way, and
    /// hangs down before a camera.
    /// </summary>
    public float QuarterTurns { get; init; } = 0.5f;

    /// <summary>How far the photo is tilted away, to any side: the difference in depth across the picture, as a share. 0 to 0.8.</summary>
    public float LargestTilt { get; init; } = 0.3f;

    /// <summary>Brightness, contrast and saturation of the photo change by up to this share, each by itself.</summary>
    public float ColourChange { get; init; } = 0.4f;

    /// <summary>Share of the pictures that show the photo small, before a wall: what carries from photos to a camera.</summary>
    public float ZoomOut { get; init; } = 0.6f;

    /// <summary>Share of the walls that have any colour, not one from grey to warm.</summary>
    public float ColouredWalls { get; init; } = 0.25f;

    /// <summary>Share of the walls that have the colours of a photo's corners.</summary>
    public float SampledWalls { get; init; } = 0.25f;

    /// <summary>Share of the pictures into which a hand comes from above.</summary>
    public float Hands { get; init; } = 0.15f;

    /// <summary>Smallest height of the photo before a wall, as a share of the picture's.</summary>
    public float SmallestZoom { get; init; } = 0.3f;

    /// <summary>Widest camera picture (width / height) that is stretched to the network's square; the narrowest is 1.</summary>
    public float WidestCamera { get; init; } = 16f / 9;

    /// <summary>Share of the cameras that stand on their side: their pictures are stretched the other way.</summary>
    public float UprightCameras { get; init; } = 0.2f;

    /// <summary>Each channel of the whole picture changes by up to this share: the camera's white balance.</summary>
    public float WhiteBalance { get; init; } = 0.15f;

    /// <summary>Darkest and brightest exposure of the whole picture.</summary>
    public (float Low, float High) Gain { get; init; } = (0.6f, 1.45f);

    /// <summary>Light at the upper and at the lower edge; even between.</summary>
    public (float Low, float High) LightGradient { get; init; } = (0.8f, 1.1f);

    /// <summary>Largest standard deviation of the noise, in steps of 0..255.</summary>
    public float LargestNoise { get; init; } = 18;

    /// <summary>Share of the pictures that are blurred, by resampling to one of <see cref="BlurSides"/> and back.</summary>
    public float Blur { get; init; } = 0.3f;

    /// <summary>The sides that a picture of 224 pixels is shrunk to for a blur.</summary>
    public IReadOnlyList<int> BlurSides { get; init; } = [72, 96, 128, 160];

    /// <summary>Share of the pictures that go through JPEG.</summary>
    public float Jpeg { get; init; } = 0.2f;

    /// <summary>Lowest quality of JPEG, 1 to 95; the highest is 95.</summary>
    public int WorstJpeg { get; init; } = 30;
}
