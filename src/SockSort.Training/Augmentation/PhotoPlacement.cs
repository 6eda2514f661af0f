namespace SockSort.Training.Augmentation;

/// <summary>
/// Where a part of a photo stands in a square picture: turned and mirrored in the photo's own proportions, then squeezed
/// as a camera's picture is when it is stretched to a square.
/// </summary>
/// <param name="Crop">The part of the photo: left, top, width, height in its pixels.</param>
/// <param name="Centre">Of the crop in the picture, in pixels.</param>
/// <param name="Scale">Pixels of the picture per pixel of the photo, across and down.</param>
/// <param name="TurnRadians">Clockwise.</param>
/// <param name="Tilt">Difference in depth across and down the picture, as a share.</param>
/// <param name="Mirrored">Left and right of the photo change places.</param>
internal readonly record struct PhotoPlacement(
    (float Left, float Top, float Width, float Height) Crop, (float X, float Y) Centre, (float Across, float Down) Scale, float TurnRadians,
    (float X, float Y) Tilt, bool Mirrored)
{
    /// <param name="options">The limits.</param>
    /// <param name="random">Chooses within them.</param>
    /// <param name="width">Of the photo.</param>
    /// <param name="height">Of the photo.</param>
    /// <param name="side">Of the picture.</param>
    public static PhotoPlacement Choose(AugmentationOptions options, SampleRandom random, int width, int height, int side)
    {
        var share = MathF.Sqrt(random.Between(options.SmallestCrop, 1));
        var (cropWidth, cropHeight) = (width * share, height * share);
        var crop = (random.Between(0, width - cropWidth), random.Between(0, height - cropHeight), cropWidth, cropHeight);
        var quarters = random.Chance(options.QuarterTurns) ? 1 + random.Below(3) : 0;
        var turn = (90 * quarters + random.Between(-options.LargestTurn, options.LargestTurn)) * MathF.PI / 180;
        var mirrored = random.Chance(0.5f);
        var tilt = (random.Between(-options.LargestTilt, options.LargestTilt), random.Between(-options.LargestTilt, options.LargestTilt));
        if (!random.Chance(options.ZoomOut))
            return new PhotoPlacement(crop, (side / 2f, side / 2f), (side / cropWidth, side / cropHeight), turn, tilt, mirrored);

        var down = random.Between(options.SmallestZoom, 1) * side / cropHeight;
        var squeeze = random.Between(1, options.WidestCamera);
        var across = random.Chance(options.UprightCameras) ? down * squeeze : down / squeeze;
        // A wide photo may not leave the picture.
        var fit = Math.Min(1, side / (across * cropWidth));
        (across, down) = (across * fit, down * fit);
        var (halfWidth, halfHeight) = (across * cropWidth / 2, down * cropHeight / 2);
        var centre = (random.Between(halfWidth, side - halfWidth), random.Between(halfHeight, side - halfHeight));
        return new PhotoPlacement(crop, centre, (across, down), turn, tilt, mirrored);
    }
}
