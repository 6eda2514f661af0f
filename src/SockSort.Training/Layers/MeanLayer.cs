using System.Numerics.Tensors;

namespace SockSort.Training.Layers;

/// <summary>The mean of each channel over the picture.</summary>
/// <param name="input">Number of the value that goes in.</param>
/// <param name="output">Number of the value that comes out.</param>
/// <param name="source">Shape of what goes in.</param>
internal sealed class MeanLayer(int input, int output, ValueShape source) : ILayer
{
    public IReadOnlyList<LayerWeights> Weights => [];

    public ValueShape Shape => new(1, 1, source.Channels);

    public long Products => 0;

    public void Prepare()
    {
    }

    public void Forward(Lane lane, int images)
    {
        for (var image = 0; image < images; image++)
        {
            var mean = lane.Value(output, images).Slice(image * source.Channels, source.Channels);
            mean.Clear();
            for (var place = 0; place < source.Places; place++)
            {
                var at = (image * source.Places + place) * source.Channels;
                TensorPrimitives.Add(mean, lane.Value(input, images).Slice(at, source.Channels), mean);
            }
            TensorPrimitives.Divide(mean, source.Places, mean);
        }
    }

    public void Backward(Lane lane, int images)
    {
        var gradient = lane.Gradient(output, images, out _);
        if (input == 0)
            return;
        var into = lane.Gradient(input, images, out var isNew);
        if (isNew)
            into.Clear();
        TensorPrimitives.Divide(gradient, source.Places, gradient);
        for (var place = 0; place < images * source.Places; place++)
        {
            var target = into.Slice(place * source.Channels, source.Channels);
            TensorPrimitives.Add(target, gradient.Slice(place / source.Places * source.Channels, source.Channels), target);
        }
    }

    public void Collect(IReadOnlyList<Lane> lanes)
    {
    }
}
