namespace SockSort.Imaging.Kernels;

/// <summary>
/// The one preprocessing of trainer, evaluator, edge and endpoint: the whole picture stretched to S x S (aspect not kept),
/// bicubic with antialiasing as Pillow's, scaled and planar. Allocates nothing once it has seen a picture of the size.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class Preprocessor
{
    private readonly Resampler _resampler;
    private readonly PixelScaling _scaling;
    private readonly byte[] _stretched;

    /// <param name="side">S in pixels, at least 1; 224 for the backbone as it was trained.</param>
    /// <param name="scaling">What the model was trained with; null = <see cref="PixelScaling.Default"/>.</param>
    public Preprocessor(int side, PixelScaling? scaling = null)
    {
        _scaling = scaling ?? PixelScaling.Default;
        _resampler = new Resampler(side, side);
        _stretched = new byte[side * side * 3];
    }

    /// <summary>S in pixels.</summary>
    public int Side => _resampler.Width;

    /// <summary>Numbers of one picture's tensor: <c>3 * S * S</c>.</summary>
    public int TensorLength => _stretched.Length;

    /// <param name="frame">Any size.</param>
    /// <param name="chw">Receives <c>[3, S, S]</c>; <see cref="TensorLength"/> numbers.</param>
    /// <exception cref="ArgumentException">The tensor has another length.</exception>
    public void Fill(Frame frame, Span<float> chw)
    {
        if (chw.Length != TensorLength)
            throw new ArgumentException($"{chw.Length} numbers are not 3 x {Side} x {Side}", nameof(chw));
        if (frame.Width == Side && frame.Height == Side)
        {
            PlanarKernel.ToPlanar(frame.Rgb, _scaling, chw);
            return;
        }
        _resampler.Resize(frame, _stretched);
        PlanarKernel.ToPlanar(_stretched, _scaling, chw);
    }
}
