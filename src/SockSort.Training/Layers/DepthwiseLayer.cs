using SockSort.Training.Graph;
using SockSort.Training.Kernels;

namespace SockSort.Training.Layers;

/// <summary>A convolution with one window a channel, 16 channels of one picture at a time.</summary>
internal sealed class DepthwiseLayer : ILayer
{
    private readonly int _input;
    private readonly int _output;
    private readonly LayerWeights _weight;
    private readonly LayerWeights? _bias;
    private readonly Limits _limits;
    private readonly DepthwiseShape _shape;
    private readonly SlabSizes _forward;
    private readonly SlabSizes _backward;
    private readonly int _slabs;

    // Slab by slab; the last one filled up with zeros. Turned by half for the way back.
    private readonly float[] _windows;
    private readonly float[] _turned;
    private readonly float[] _biases;
    private readonly object _biasSums = new();

    /// <param name="input">Number of the value that goes in.</param>
    /// <param name="output">Number of the value that comes out.</param>
    /// <param name="shape">Sizes for one picture.</param>
    /// <param name="weight">Channels x rows x columns of the window.</param>
    /// <param name="bias">Null = none.</param>
    /// <param name="limits">Of the activation behind it.</param>
    public DepthwiseLayer(int input, int output, DepthwiseShape shape, LayerWeights weight, LayerWeights? bias, Limits limits)
    {
        (_input, _output, _shape, _weight, _bias, _limits) = (input, output, shape, weight, bias, limits);
        _slabs = (shape.Channels + SlabKernel.Channels - 1) / SlabKernel.Channels;
        _forward = new SlabSizes(shape.KernelY, shape.KernelX, shape.StrideY, shape.StrideX, shape.OutHeight, shape.OutWidth);
        _backward = new SlabSizes(shape.KernelY, shape.KernelX, 1, 1, shape.Height, shape.Width);
        (_windows, _turned) = (new float[_slabs * WindowLength], new float[_slabs * WindowLength]);
        _biases = new float[_slabs * SlabKernel.Channels];
        Weights = bias is null ? [weight] : [weight, bias];
    }

    public IReadOnlyList<LayerWeights> Weights { get; }

    public ValueShape Shape => new(_shape.OutHeight, _shape.OutWidth, _shape.Channels);

    public long Products => (long)Shape.Length * _shape.Taps;

    private int WindowLength => _shape.Taps * SlabKernel.Channels;

    // Rows and columns with what is around them, also where the window does not reach the last ones.
    private (int Rows, int Columns) Padded => (
        Math.Max(_forward.NeededRows, _shape.Height + _shape.Above), Math.Max(_forward.NeededColumns, _shape.Width + _shape.Left));

    public void Prepare()
    {
        for (var channel = 0; channel < _shape.Channels; channel++)
        {
            var first = channel / SlabKernel.Channels * WindowLength + channel % SlabKernel.Channels;
            for (var tap = 0; tap < _shape.Taps; tap++)
            {
                var value = _weight.Values[channel * _shape.Taps + tap];
                _windows[first + tap * SlabKernel.Channels] = value;
                _turned[first + (_shape.Taps - 1 - tap) * SlabKernel.Channels] = value;
            }
        }
        _bias?.Values.CopyTo(_biases, 0);
    }

    public void Forward(Lane lane, int images)
    {
        var (rows, columns) = Padded;
        var padded = lane.Scratch(2, rows * columns * SlabKernel.Channels);
        var sums = lane.Scratch(3, _shape.OutHeight * _shape.OutWidth * SlabKernel.Channels);
        padded.Clear();
        for (var image = 0; image < images; image++)
        {
            for (var slab = 0; slab < _slabs; slab++)
            {
                Fill(lane.Value(_input, images), image, slab, padded, columns);
                SlabKernel.Convolve(padded, columns, WindowOf(_windows, slab), _forward, sums);
                ActivationKernel.Finish(sums, _biases.AsSpan(slab * SlabKernel.Channels, SlabKernel.Channels), _limits);
                Slabs.Put(sums, lane.Value(_output, images), OutputAt(image, slab), _shape.Channels, CountOf(slab), adds: false);
            }
        }
    }

    public void Backward(Lane lane, int images)
    {
        var gradient = lane.Gradient(_output, images, out _);
        var into = lane.Gradient(_input, images, out var isNew);
        var (rows, columns) = Padded;
        var (places, outPlaces) = (_shape.Height * _shape.Width, _shape.OutHeight * _shape.OutWidth);
        var padded = lane.Scratch(2, rows * columns * SlabKernel.Channels);
        var came = lane.Scratch(3, outPlaces * SlabKernel.Channels);
        var here = lane.Scratch(4, outPlaces * SlabKernel.Channels);
        var spread = lane.Scratch(0, _backward.NeededRows * _backward.NeededColumns * SlabKernel.Channels);
        var back = lane.Scratch(1, places * SlabKernel.Channels);
        padded.Clear();
        spread.Clear();
        var windows = lane.Sums(_weight, _windows.Length);
        var biases = lane.Sums(_biasSums, _biases.Length);
        for (var image = 0; image < images; image++)
        {
            for (var slab = 0; slab < _slabs; slab++)
            {
                Slabs.Take(lane.Value(_output, images), OutputAt(image, slab), _shape.Channels, CountOf(slab), came);
                Slabs.Take(gradient, OutputAt(image, slab), _shape.Channels, CountOf(slab), here);
                ActivationKernel.Return(came, here, biases.Slice(slab * SlabKernel.Channels, SlabKernel.Channels), _limits);
                Fill(lane.Value(_input, images), image, slab, padded, columns);
                SlabKernel.AddWindow(padded, columns, here, _forward, windows.Slice(slab * WindowLength, WindowLength));
                Spread(here, spread);
                SlabKernel.Convolve(spread, _backward.NeededColumns, WindowOf(_turned, slab), _backward, back);
                Slabs.Put(back, into, InputAt(image, slab), _shape.Channels, CountOf(slab), adds: !isNew);
            }
        }
    }

    public void Collect(IReadOnlyList<Lane> lanes)
    {
        var (windows, biases) = (new float[_windows.Length], new float[_biases.Length]);
        Lane.AddUp(lanes, _weight, windows);
        Lane.AddUp(lanes, _biasSums, biases);
        for (var channel = 0; channel < _shape.Channels; channel++)
        {
            var first = channel / SlabKernel.Channels * WindowLength + channel % SlabKernel.Channels;
            for (var tap = 0; tap < _shape.Taps; tap++)
                _weight.Gradient[channel * _shape.Taps + tap] = windows[first + tap * SlabKernel.Channels];
        }
        if (_bias is not null)
            biases.AsSpan(0, _shape.Channels).CopyTo(_bias.Gradient);
    }

    /// <summary>The picture into the middle of the padded slab.</summary>
    private void Fill(ReadOnlySpan<float> from, int image, int slab, Span<float> padded, int columns)
    {
        for (var y = 0; y < _shape.Height; y++)
        {
            var target = padded[(((y + _shape.Above) * columns + _shape.Left) * SlabKernel.Channels)..];
            Slabs.Take(from, InputAt(image, slab) + y * _shape.Width * _shape.Channels, _shape.Channels, CountOf(slab),
                target[..(_shape.Width * SlabKernel.Channels)]);
        }
    }

    /// <summary>Gradients as far apart as the windows that they belong to, so that a plain convolution takes them back.</summary>
    private void Spread(ReadOnlySpan<float> gradient, Span<float> spread)
    {
        var (above, left) = (_shape.KernelY - 1 - _shape.Above, _shape.KernelX - 1 - _shape.Left);
        for (var y = 0; y < _shape.OutHeight; y++)
        {
            for (var x = 0; x < _shape.OutWidth; x++)
            {
                var at = (y * _shape.StrideY + above) * _backward.NeededColumns + x * _shape.StrideX + left;
                gradient.Slice((y * _shape.OutWidth + x) * SlabKernel.Channels, SlabKernel.Channels)
                    .CopyTo(spread[(at * SlabKernel.Channels)..]);
            }
        }
    }

    private int InputAt(int image, int slab) => image * _shape.Height * _shape.Width * _shape.Channels + slab * SlabKernel.Channels;

    private int OutputAt(int image, int slab) =>
        image * _shape.OutHeight * _shape.OutWidth * _shape.Channels + slab * SlabKernel.Channels;

    private int CountOf(int slab) => Math.Min(SlabKernel.Channels, _shape.Channels - slab * SlabKernel.Channels);

    private ReadOnlySpan<float> WindowOf(float[] windows, int slab) => windows.AsSpan(slab * WindowLength, WindowLength);
}
