using System.Numerics.Tensors;

namespace SockSort.Training.Layers;

/// <summary>The sum of two values: a shortcut.</summary>
/// <param name="first">Number of a value.</param>
/// <param name="second">Number of the other.</param>
/// <param name="output">Number of the value that comes out.</param>
/// <param name="shape">Of all three.</param>
internal sealed class SumLayer(int first, int second, int output, ValueShape shape) : ILayer
{
    public IReadOnlyList<LayerWeights> Weights => [];

    public ValueShape Shape => shape;

    public long Products => 0;

    public void Prepare()
    {
    }

    public void Forward(Lane lane, int images) =>
        TensorPrimitives.Add(lane.Value(first, images), lane.Value(second, images), lane.Value(output, images));

    public void Backward(Lane lane, int images)
    {
        var gradient = lane.Gradient(output, images, out _);
        foreach (var value in (int[])[first, second])
        {
            if (value == 0)
                continue;
            var into = lane.Gradient(value, images, out var isNew);
            if (isNew)
                gradient.CopyTo(into);
            else
                TensorPrimitives.Add(into, gradient, into);
        }
    }

    public void Collect(IReadOnlyList<Lane> lanes)
    {
    }
}
