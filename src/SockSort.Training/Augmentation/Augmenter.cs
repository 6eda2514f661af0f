using SockSort.Imaging;

namespace SockSort.Training.Augmentation;

/// <summary>
/// Makes pictures such as a camera might see from photos: a part of the photo, turned, mirrored, tilted, recoloured, often small
/// before a wall, in the camera's light. Row by row: a row is painted, covered, lit and stored while it is in the cache.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class Augmenter
{
    private const float LeastChroma = 40;

    private readonly AugmentationOptions _options;
    private readonly CameraLight _light;
    private readonly float[] _row;

    /// <param name="side">Pixels a side of the pictures that come out.</param>
    /// <param name="options">The limits of every change.</param>
    public Augmenter(int side, AugmentationOptions? options = null)
    {
        (Side, _options) = (side, options ?? new AugmentationOptions());
        _light = new CameraLight(_options, side);
        _row = new float[side * 3];
    }

    /// <summary>Pixels a side of the pictures that come out.</summary>
    public int Side { get; }

    /// <param name="photo">The sock.</param>
    /// <param name="random">The same state gives the same picture.</param>
    /// <param name="target">Receives the picture; <see cref="Side"/> x <see cref="Side"/>.</param>
    public void Augment(PhotoPyramid photo, SampleRandom random, Frame target)
    {
        var scene = Scene.Choose(_options, random, [photo], Side);
        var warp = Warp(photo, ColourChange.Choose(_options, random), random);
        Render(scene, warp, sock: null, ChooseHand(_options.Hands, random), random, target);
    }

    /// <summary>
    /// A picture of a sock that is none of the photos': a painted one, or one of theirs in colours that it does not have.
    /// </summary>
    /// <param name="scenes">The photos; may be empty.</param>
    /// <param name="random">The same state gives the same picture.</param>
    /// <param name="target">Receives the picture; <see cref="Side"/> x <see cref="Side"/>.</param>
    public void PaintForeign(IReadOnlyList<PhotoPyramid> scenes, SampleRandom random, Frame target)
    {
        var scene = Scene.Choose(_options, random, scenes, Side);
        var photo = scenes.Count == 0 ? null : scenes[random.Below(scenes.Count)];
        // A grey sock stays itself in any hue.
        var isRecoloured = photo?.Chroma >= LeastChroma && random.Chance(0.4f);
        PhotoWarp? warp = isRecoloured ? Warp(photo!, ColourChange.ChooseHue(random), random) : null;
        ForeignSock? sock = isRecoloured ? null : ForeignSock.Choose(random, Side);
        Render(scene, warp, sock, ChooseHand(_options.Hands, random), random, target);
    }

    /// <summary>A picture without a sock: a wall, sometimes with an edge, a shadow or a hand.</summary>
    /// <param name="scenes">Photos whose colours a background may have; may be empty.</param>
    /// <param name="random">The same state gives the same picture.</param>
    /// <param name="target">Receives the picture; <see cref="Side"/> x <see cref="Side"/>.</param>
    /// <returns>Index of the photo whose colours it has; -1 = of none.</returns>
    public int PaintBlank(IReadOnlyList<PhotoPyramid> scenes, SampleRandom random, Frame target)
    {
        var scene = Scene.Choose(_options, random, scenes, Side);
        Render(scene, warp: null, sock: null, ChooseHand(0.25f, random), random, target);
        return scene.Sampled;
    }

    private void Render(Scene scene, PhotoWarp? warp, ForeignSock? sock, Hand? hand, SampleRandom random, Frame target)
    {
        _light.Begin(random);
        for (var y = 0; y < Side; y++)
        {
            scene.PaintRow(y, _row);
            warp?.DrawRow(y, _row);
            sock?.PaintRow(y, _row);
            hand?.PaintRow(y, _row);
            _light.ApplyRow(y, _row, random, target);
        }
        _light.End(random, target);
    }

    private PhotoWarp Warp(PhotoPyramid photo, ColourChange colour, SampleRandom random) =>
        new(photo, PhotoPlacement.Choose(_options, random, photo.Full.Width, photo.Full.Height, Side), colour, Side);

    private Hand? ChooseHand(float share, SampleRandom random) => random.Chance(share) ? Hand.Choose(random, Side) : null;
}
