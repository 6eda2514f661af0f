using SockSort.Imaging;
using SockSort.Imaging.Kernels;

namespace SockSort.Teaching.Choosing;

/// <summary>
/// How sharp pictures are: the variance of their Laplacian, of grey, on a copy of one size (Pech-Pacheco et al., "Diatom autofocusing in
/// brightfield microscopy", 2000). It compares pictures of one camera, and says nothing of pictures of two.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class Sharpness
{
    private const int Side = 192;
    private readonly Resampler _resampler = new(Side, Side, ResamplingFilter.Bilinear);
    private readonly byte[] _small = new byte[Side * Side * 3];
    private readonly float[] _grey = new float[Side * Side];

    /// <param name="frame">Any size.</param>
    /// <returns>0 for a plain surface; larger the sharper.</returns>
    public double Of(Frame frame)
    {
        _resampler.Resize(frame, _small);
        for (var pixel = 0; pixel < _grey.Length; pixel++)
            // ITU-R BT.601: how bright the eye takes each colour to be.
            _grey[pixel] = (0.299f * _small[pixel * 3]) + (0.587f * _small[(pixel * 3) + 1]) + (0.114f * _small[(pixel * 3) + 2]);
        var (sum, squares) = (0.0, 0.0);
        for (var y = 1; y < Side - 1; y++)
        {
            for (var at = (y * Side) + 1; at < ((y + 1) * Side) - 1; at++)
            {
                var edge = (4 * _grey[at]) - _grey[at - 1] - _grey[at + 1] - _grey[at - Side] - _grey[at + Side];
                (sum, squares) = (sum + edge, squares + ((double)edge * edge));
            }
        }
        const int Count = (Side - 2) * (Side - 2);
        return (squares / Count) - (sum / Count * (sum / Count));
    }
}
