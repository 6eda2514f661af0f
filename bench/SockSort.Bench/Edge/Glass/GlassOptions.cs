using System.Globalization;
using SockSort.Models.Package;

namespace SockSort.Bench.Edge.Glass;

/// <summary>What a run from glass to glass is made of.</summary>
public sealed record GlassOptions
{
    /// <summary>What classifies the pictures.</summary>
    public required ModelPackage Model { get; init; }

    /// <summary>How long it lasts.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often figures are taken.</summary>
    public TimeSpan Each { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Who watches, at least one more than <see cref="SlowViewers"/>.</summary>
    public int Viewers { get; init; } = 20;

    /// <summary>How many of them read slowly.</summary>
    public int SlowViewers { get; init; } = 5;

    /// <summary>How fast those read.</summary>
    public double SlowBytesPerSecond { get; init; } = 100_000;

    /// <summary>Pictures a second that the camera gives.</summary>
    public double CameraFps { get; init; } = 25;

    /// <summary>Frames a second that the edge takes.</summary>
    public double EdgeFps { get; init; } = 10;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a camera of {EdgePictures.Width} x {EdgePictures.Height} at {CameraFps} a second, the edge at {EdgeFps}, {Viewers} viewers, "
            + $"{SlowViewers} of them at {SlowBytesPerSecond / 1000:0} kB/s");
}
