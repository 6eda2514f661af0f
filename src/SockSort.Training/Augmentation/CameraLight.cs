using System.Numerics.Tensors;
using SockSort.Imaging;
using SockSort.Imaging.Kernels;

namespace SockSort.Training.Augmentation;

/// <summary>What a camera does to everything that it sees: white balance, exposure, light from above or below, noise, blur.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class CameraLight
{
    private readonly AugmentationOptions _options;
    private readonly int _side;
    private readonly float[] _gains;
    private readonly (Resampler Down, Frame Small)[] _blurs;
    private readonly Resampler _up;
    private readonly Frame _sharp;

    public CameraLight(AugmentationOptions options, int side)
    {
        (_options, _side) = (options, side);
        _gains = new float[side * 3];
        _blurs = [.. options.BlurSides.Select(small => small * side / 224)
            .Select(small => (new Resampler(small, small, ResamplingFilter.Bilinear), new Frame(small, small)))];
        _up = new Resampler(side, side, ResamplingFilter.Bilinear);
        _sharp = new Frame(side, side);
    }

    /// <param name="picture">R G B interleaved, 0..255 but not clipped; overwritten.</param>
    /// <param name="random">Chooses within the limits.</param>
    /// <param name="target">Receives the picture.</param>
    public void Apply(Span<float> picture, SampleRandom random, Frame target)
    {
        ChooseGains(random);
        var (above, below) = (random.Between(_options.LightGradient.Low, _options.LightGradient.High), random.Between(_options.LightGradient.Low, _options.LightGradient.High));
        for (var y = 0; y < _side; y++)
        {
            var row = picture.Slice(y * _side * 3, _side * 3);
            TensorPrimitives.Multiply(row, _gains, row);
            TensorPrimitives.Multiply(row, above + (below - above) * y / (_side - 1), row);
        }
        random.AddNormal(picture, random.Between(0, _options.LargestNoise));
        var blurred = random.Chance(_options.Blur);
        var sharp = blurred ? _sharp : target;
        TensorPrimitives.ConvertSaturating<float, byte>(picture, sharp.Rgb);
        if (blurred)
            Blur(random, target);
    }

    private void ChooseGains(SampleRandom random)
    {
        var gain = random.Between(_options.Gain.Low, _options.Gain.High);
        for (var channel = 0; channel < 3; channel++)
        {
            var value = gain * random.Between(1 - _options.WhiteBalance, 1 + _options.WhiteBalance);
            for (var i = channel; i < _gains.Length; i += 3)
                _gains[i] = value;
        }
    }

    private void Blur(SampleRandom random, Frame target)
    {
        var (down, small) = _blurs[random.Below(_blurs.Length)];
        down.Resize(_sharp, small.Rgb);
        _up.Resize(small, target.Rgb);
    }
}
