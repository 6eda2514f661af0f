using System.Numerics.Tensors;
using SockSort.Models.Onnx;
using SockSort.Training.Graph;
using SockSort.Training.Layers;

namespace SockSort.Training.FineTuning;

/// <summary>
/// The tuned part in layers of our own: each core takes its share of the pictures all the way there and back, a few at a time, so that what
/// one layer makes is in the cache when the next one reads it.
/// </summary>
internal sealed class LayerNetwork : ITunedNetwork
{
    // Fewer read all weights too often, more take memory for nothing: 5.6 MB a picture.
    private const int MostTogether = 9;

    private readonly TrainingOptions _options;
    private readonly IReadOnlyList<ILayer> _layers;
    private readonly LayerWeights[] _weights;
    private readonly LayerWeights _headWeight;
    private readonly LayerWeights _headBias;
    private readonly HeadLoss _loss;
    private readonly Lane[] _lanes;
    private readonly int _chunk;
    private readonly ValueShape _input;

    private LayerNetwork(IReadOnlyList<ILayer> layers, ValueShape input, LinearHead head, TrainingOptions options)
    {
        (_layers, _input, _options) = (layers, input, options);
        _headWeight = new LayerWeights("head.weight", [.. head.Weights]);
        _headBias = new LayerWeights("head.bias", [.. head.Bias]);
        _loss = new HeadLoss(_headWeight.Values, _headBias.Values);
        _weights = [.. layers.SelectMany(layer => layer.Weights), _headWeight, _headBias];
        Parameters =
        [
            .. _weights.Select(weights => new Tuned(weights, IsOfHead(weights) ? options.HeadLearningRate : options.LearningRate)),
        ];
        ValueShape[] shapes = [input, .. layers.Select(layer => layer.Shape)];
        _chunk = Math.Min(MostTogether, (options.MiniBatchSize + options.Threads - 1) / options.Threads);
        _lanes = [.. Enumerable.Range(0, options.Threads).Select(_ => new Lane(shapes, _chunk))];
    }

    public IReadOnlyList<ITunedWeights> Parameters { get; }

    // Once forward, and back to the weights and to what went in.
    public long Products => 3 * _layers.Sum(layer => layer.Products);

    public LinearHead Head => new([.. _headWeight.Values], [.. _headBias.Values]);

    private int Width => _layers[^1].Shape.Channels;

    /// <param name="model">The backbone.</param>
    /// <param name="firstNode">The first tuned one.</param>
    /// <param name="shape">C, H, W of what goes in.</param>
    /// <param name="head">Where the head starts.</param>
    /// <param name="options">Rates, dropout, seed, cores.</param>
    /// <returns>Null where the network has layers of other kinds.</returns>
    public static LayerNetwork? TryMake(
        OnnxModel model, int firstNode, IReadOnlyList<long> shape, LinearHead head, TrainingOptions options)
    {
        var input = new ValueShape((int)shape[1], (int)shape[2], (int)shape[0]);
        return LayerReader.Read(model, firstNode, input) is { } layers ? new LayerNetwork(layers, input, head, options) : null;
    }

    public OnnxModel WriteBack(OnnxModel model)
    {
        var copy = model.Copy();
        var initializers = Constants.Of(copy.Proto.Graph);
        foreach (var weights in _weights.Where(weights => !IsOfHead(weights)))
            OnnxTensors.Replace(initializers[weights.Name], weights.Values);
        return copy;
    }

    public float Gradients(FeatureBatch features, float[] targets, float[] weights, int step)
    {
        var dropped = new float[features.Count * Width];
        Dropout.Fill(_options, step, dropped);
        var (all, losses) = (weights.Sum(), new double[features.Count]);
        Prepare();
        ForEachChunk(features.Count, (lane, first, count) =>
        {
            Forward(lane, features, first, count);
            var gradient = lane.Gradient(_layers.Count, count, out _);
            for (var i = 0; i < count; i++)
            {
                var (image, known) = (first + i, _headBias.Values.Length);
                losses[image] = Loss(lane, lane.Value(_layers.Count, count).Slice(i * Width, Width), dropped.AsSpan(image * Width, Width),
                    targets.AsSpan(image * known, known), weights[image] / all, gradient.Slice(i * Width, Width));
            }
            Backward(lane, count);
        });
        Collect();
        return (float)losses.Sum();
    }

    public ReadOnlySpan<float> GradientOf(int parameter) => _weights[parameter].Gradient;

    public float[] Embed(FeatureBatch features)
    {
        var embeddings = new float[features.Count * Width];
        Prepare();
        ForEachChunk(features.Count, (lane, first, count) =>
        {
            Forward(lane, features, first, count);
            lane.Value(_layers.Count, count).CopyTo(embeddings.AsSpan(first * Width));
        });
        return embeddings;
    }

    public void Dispose()
    {
    }

    private bool IsOfHead(LayerWeights weights) => ReferenceEquals(weights, _headWeight) || ReferenceEquals(weights, _headBias);

    private void Prepare()
    {
        ForEach(_layers.Count, layer => _layers[layer].Prepare());
        foreach (var lane in _lanes)
            lane.Begin();
    }

    /// <summary>Which lane takes which pictures is always the same, and so is the order of the sums.</summary>
    private void ForEachChunk(int count, Action<Lane, int, int> work) => ForEach(_lanes.Length, number =>
    {
        var (first, end) = (count * number / _lanes.Length, count * (number + 1) / _lanes.Length);
        for (; first < end; first += _chunk)
            work(_lanes[number], first, Math.Min(_chunk, end - first));
    });

    private void Forward(Lane lane, FeatureBatch features, int first, int count)
    {
        var to = lane.Value(0, count);
        for (var image = 0; image < count; image++)
        {
            var from = features.Values.AsSpan((first + image) * features.Length, features.Length);
            var target = to.Slice(image * _input.Length, _input.Length);
            for (var channel = 0; channel < _input.Channels; channel++)
            {
                var plane = from.Slice(channel * _input.Places, _input.Places);
                for (var place = 0; place < plane.Length; place++)
                    target[place * _input.Channels + channel] = plane[place];
            }
        }
        foreach (var layer in _layers)
            layer.Forward(lane, count);
    }

    private double Loss(
        Lane lane, ReadOnlySpan<float> embedding, ReadOnlySpan<float> dropped, ReadOnlySpan<float> targets, float share,
        Span<float> gradient)
    {
        Span<float> seen = new float[Width];
        TensorPrimitives.Multiply(embedding, dropped, seen);
        var loss = _loss.Add(
            seen, targets, share, gradient, lane.Sums(_headWeight, _headWeight.Values.Length),
            lane.Sums(_headBias, _headBias.Values.Length));
        TensorPrimitives.Multiply(gradient, dropped, gradient);
        return loss;
    }

    private void Backward(Lane lane, int count)
    {
        for (var layer = _layers.Count - 1; layer >= 0; layer--)
        {
            _layers[layer].Backward(lane, count);
            lane.Forget(layer + 1);
        }
        lane.Forget(0);
    }

    private void Collect()
    {
        ForEach(_layers.Count, layer => _layers[layer].Collect(_lanes));
        Lane.AddUp(_lanes, _headWeight, _headWeight.Gradient);
        Lane.AddUp(_lanes, _headBias, _headBias.Gradient);
    }

    private void ForEach(int count, Action<int> work) =>
        ParallelWork.Run(() => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, work));

    private sealed class Tuned(LayerWeights weights, double rate) : ITunedWeights
    {
        public string Name => weights.Name;

        public double Rate => rate;

        public Span<float> Span => weights.Values;

        public void Publish()
        {
        }
    }
}
