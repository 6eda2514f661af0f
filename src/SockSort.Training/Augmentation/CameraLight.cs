using System.Numerics.Tensors;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Kernels;

namespace SockSort.Training.Augmentation;

/// <summary>What a camera does to everything that it sees: white balance, exposure, light from above or below, noise, blur, JPEG.</summary>
/// <remarks>One thread at a time; one picture after another.</remarks>
internal sealed class CameraLight
{
    private readonly AugmentationOptions _options;
    private readonly int _side;
    private readonly float[] _gains;
    private readonly (Resampler Down, Frame Small)[] _blurs;
    private readonly Resampler _up;
    private readonly Frame _sharp;
    private float _above;
    private float _below;
    private float _noise;

    public CameraLight(AugmentationOptions options, int side)
    {
        (_options, _side) = (options, side);
        _gains = new float[side * 3];
        _blurs = [.. options.BlurSides.Select(small => small * side / 224)
            .Select(small => (new Resampler(small, small, ResamplingFilter.Bilinear), new Frame(small, small)))];
        _up = new Resampler(side, side, ResamplingFilter.Bilinear);
        _sharp = new Frame(side, side);
    }

    /// <summary>Chooses the light of the next picture.</summary>
    public void Begin(SampleRandom random)
    {
        var gain = random.Between(_options.Gain.Low, _options.Gain.High);
        for (var channel = 0; channel < 3; channel++)
        {
            var value = gain * random.Between(1 - _options.WhiteBalance, 1 + _options.WhiteBalance);
            for (var i = channel; i < _gains.Length; i += 3)
                _gains[i] = value;
        }
        (_above, _below) = (
            random.Between(_options.LightGradient.Low, _options.LightGradient.High),
            random.Between(_options.LightGradient.Low, _options.LightGradient.High));
        _noise = random.Between(0, _options.LargestNoise);
    }

    /// <param name="y">From 0.</param>
    /// <param name="row">R G B interleaved, 0..255 but not clipped; overwritten.</param>
    /// <param name="random">Makes the noise.</param>
    /// <param name="target">Receives the row.</param>
    public void ApplyRow(int y, Span<float> row, SampleRandom random, Frame target)
    {
        TensorPrimitives.Multiply(row, _gains, row);
        TensorPrimitives.Multiply(row, _above + (_below - _above) * y / (_side - 1), row);
        random.AddNormal(row, _noise);
        TensorPrimitives.ConvertSaturating<float, byte>(row, target.Row(y));
    }

    /// <summary>What happens to the whole picture.</summary>
    public void End(SampleRandom random, Frame target)
    {
        if (random.Chance(_options.Blur))
            Blur(random, target);
        if (random.Chance(_options.Jpeg))
            PictureReader.Read(
                JpegWriter.Encode(target, _options.WorstJpeg + random.Below(96 - _options.WorstJpeg)),
                "augmented").Rgb.CopyTo(target.Rgb, 0);
    }

    private void Blur(SampleRandom random, Frame target)
    {
        var (down, small) = _blurs[random.Below(_blurs.Length)];
        target.Rgb.CopyTo(_sharp.Rgb, 0);
        down.Resize(_sharp, small.Rgb);
        _up.Resize(small, target.Rgb);
    }
}
