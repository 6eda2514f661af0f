using SockSort.Imaging;

namespace SockSort.Training.Augmentation;

/// <summary>
/// Makes pictures such as a camera might see from photos: a part of the photo, turned, mirrored, recoloured, often small
/// before a wall, in the camera's light.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class Augmenter
{
    private readonly AugmentationOptions _options;
    private readonly CameraLight _light;
    private readonly float[] _picture;

    /// <param name="side">Pixels a side of the pictures that come out.</param>
    /// <param name="options">The limits of every change.</param>
    public Augmenter(int side, AugmentationOptions? options = null)
    {
        (Side, _options) = (side, options ?? new AugmentationOptions());
        _light = new CameraLight(_options, side);
        _picture = new float[side * side * 3];
    }

    /// <summary>Pixels a side of the pictures that come out.</summary>
    public int Side { get; }

    /// <param name="photo">The sock.</param>
    /// <param name="random">The same state gives the same picture.</param>
    /// <param name="target">Receives the picture; <see cref="Side"/> x <see cref="Side"/>.</param>
    public void Augment(PhotoPyramid photo, SampleRandom random, Frame target)
    {
        Wall.Paint(random, _picture, Side);
        var placement = PhotoPlacement.Choose(_options, random, photo.Full.Width, photo.Full.Height, Side);
        WarpKernel.Draw(photo, placement, ColourChange.Choose(_options, random), _picture, Side);
        _light.Apply(_picture, random, target);
    }

    /// <summary>A picture without a sock: a wall, sometimes with an edge, a shadow or a hand.</summary>
    /// <param name="scenes">Photos whose colours a background may have; may be empty.</param>
    /// <param name="random">The same state gives the same picture.</param>
    /// <param name="target">Receives the picture; <see cref="Side"/> x <see cref="Side"/>.</param>
    public void PaintBlank(IReadOnlyList<PhotoPyramid> scenes, SampleRandom random, Frame target)
    {
        BlankScene.Paint(scenes, random, _picture, Side);
        _light.Apply(_picture, random, target);
    }
}
