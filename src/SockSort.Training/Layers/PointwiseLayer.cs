using SockSort.Training.Kernels;

namespace SockSort.Training.Layers;

/// <summary>A convolution with a window of one place, which is a product of matrices when the channels are last.</summary>
/// <param name="input">Number of the value that goes in.</param>
/// <param name="output">Number of the value that comes out.</param>
/// <param name="source">Shape of what goes in.</param>
/// <param name="weight">Channels out x channels in.</param>
/// <param name="bias">Null = none.</param>
/// <param name="limits">Of the activation behind it.</param>
internal sealed class PointwiseLayer(
    int input, int output, ValueShape source, LayerWeights weight, LayerWeights? bias, Limits limits) : ILayer
{
    private readonly int _channels = weight.Values.Length / source.Channels;
    private readonly float[] _bias = bias?.Values ?? new float[weight.Values.Length / source.Channels];
    private readonly object _biasSums = new();
    private float[] _forward = [];
    private float[] _backward = [];

    public IReadOnlyList<LayerWeights> Weights { get; } = bias is null ? [weight] : [weight, bias];

    public ValueShape Shape => source with { Channels = _channels };

    public long Products => (long)source.Places * weight.Values.Length;

    public void Prepare()
    {
        if (_forward.Length == 0)
        {
            _forward = new float[Panels.Length(source.Channels, _channels, TileKernel.Columns)];
            _backward = new float[input == 0 ? 0 : Panels.Length(_channels, source.Channels, TileKernel.Columns)];
        }
        Panels.PackTransposed(weight.Values, source.Channels, _channels, TileKernel.Columns, _forward);
        if (input > 0)
            Panels.Pack(weight.Values, _channels, source.Channels, TileKernel.Columns, _backward);
    }

    public unsafe void Forward(Lane lane, int images)
    {
        var to = lane.Value(output, images);
        var length = to.Length;
        // The delegate runs before the pointer's block ends.
        fixed (float* start = to)
        {
            var first = (nint)start;
            MatrixProduct.Run(
                lane.Value(input, images), _forward, to, images * source.Places, source.Channels, _channels, adds: false, Finish);

            void Finish(int row, int count) => ActivationKernel.Finish(
                new Span<float>((float*)first, length).Slice(row * _channels, count * _channels), _bias, limits);
        }
    }

    public void Backward(Lane lane, int images)
    {
        var rows = images * source.Places;
        var gradient = lane.Gradient(output, images, out _);
        ActivationKernel.Return(lane.Value(output, images), gradient, lane.Sums(_biasSums, _channels), limits);
        var left = lane.Scratch(0, Panels.Length(rows, _channels, TileKernel.Rows));
        var right = lane.Scratch(1, Panels.Length(rows, source.Channels, TileKernel.Columns));
        Panels.Pack(gradient, rows, _channels, TileKernel.Rows, left);
        Panels.Pack(lane.Value(input, images), rows, source.Channels, TileKernel.Columns, right);
        MatrixProduct.AddTransposed(left, right, lane.Sums(weight, weight.Values.Length), _channels, rows, source.Channels);
        // What goes into the first layer is not learnt.
        if (input == 0)
            return;
        var into = lane.Gradient(input, images, out var isNew);
        MatrixProduct.Run(gradient, _backward, into, rows, _channels, source.Channels, adds: !isNew);
    }

    public void Collect(IReadOnlyList<Lane> lanes)
    {
        Lane.AddUp(lanes, weight, weight.Gradient);
        if (bias is not null)
            Lane.AddUp(lanes, _biasSums, bias.Gradient);
    }
}
