using System.Numerics;

namespace SockSort.Training.Augmentation;

/// <summary>Brightness, contrast and saturation in one: a new colour is a linear function of the old one.</summary>
/// <param name="Red">What red adds to red, green and blue.</param>
/// <param name="Green">What green adds.</param>
/// <param name="Blue">What blue adds.</param>
/// <param name="Offset">Added at last.</param>
internal readonly record struct ColourChange(Vector3 Red, Vector3 Green, Vector3 Blue, Vector3 Offset)
{
    // ITU-R 601, as in Pillow's grey.
    private static readonly Vector3 Luma = new(0.299f, 0.587f, 0.114f);

    public static ColourChange Choose(AugmentationOptions options, SampleRandom random)
    {
        var brightness = random.Between(1 - options.ColourChange, 1 + options.ColourChange);
        var contrast = random.Between(1 - options.ColourChange, 1 + options.ColourChange);
        var saturation = random.Between(1 - options.ColourChange, 1 + options.ColourChange);
        // Contrast turns around a middle grey: photos are taken so that their mean is near it.
        var grey = 128 * brightness * (1 - contrast);
        var scale = brightness * contrast;
        var unsaturated = scale * (1 - saturation);
        return new ColourChange(
            new Vector3(unsaturated * Luma.X) + new Vector3(scale * saturation, 0, 0),
            new Vector3(unsaturated * Luma.Y) + new Vector3(0, scale * saturation, 0),
            new Vector3(unsaturated * Luma.Z) + new Vector3(0, 0, scale * saturation),
            new Vector3(grey));
    }

    /// <summary>Another hue, far from the old one: the same pattern in colours that it does not have.</summary>
    public static ColourChange ChooseHue(SampleRandom random)
    {
        // In the plane across the grey axis; 80 degrees and more: no lamp does that to a colour.
        var (sine, cosine) = MathF.SinCos(random.Between(80, 280) * MathF.PI / 180);
        var (same, next, last) = ((1 + 2 * cosine) / 3, (1 - cosine) / 3 + sine / MathF.Sqrt(3), (1 - cosine) / 3 - sine / MathF.Sqrt(3));
        return new ColourChange(new Vector3(same, next, last), new Vector3(last, same, next), new Vector3(next, last, same), Vector3.Zero);
    }

    public Vector3 Apply(Vector3 rgb) => Red * rgb.X + Green * rgb.Y + Blue * rgb.Z + Offset;
}
