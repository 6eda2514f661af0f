using SockSort.Models.Onnx;
using SockSort.Training.Graph;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SockSort.Training.FineTuning;

/// <summary>The tuned part in torch: it knows all operators, and other devices.</summary>
internal sealed class TunedNetwork : ITunedNetwork
{
    private readonly TorchPart _part;
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly TrainingOptions _options;
    private readonly Tensor[] _leaves;
    private readonly Device _device;
    private readonly TunedTensor[] _parameters;
    private readonly List<Tensor> _gradients = [];

    /// <param name="model">The backbone.</param>
    /// <param name="firstNode">The first tuned one.</param>
    /// <param name="head">Where the head starts.</param>
    /// <param name="options">Rates, dropout, seed.</param>
    /// <param name="device">Where it computes.</param>
    public TunedNetwork(OnnxModel model, int firstNode, LinearHead head, TrainingOptions options, Device device)
    {
        (_options, _device) = (options, device);
        _part = new TorchPart(model, firstNode, device);
        _weight = tensor(head.Weights, [head.Classes, head.Width], device: device, requires_grad: true);
        _bias = tensor(head.Bias, [head.Classes], device: device, requires_grad: true);
        _parameters =
        [
            .. _part.Parameters.Select(parameter => new TunedTensor(parameter.Name, parameter.Value, options.LearningRate)),
            new TunedTensor("head.weight", _weight, options.HeadLearningRate),
            new TunedTensor("head.bias", _bias, options.HeadLearningRate),
        ];
        _leaves = [.. _parameters.Where(parameter => !_part.OnTape.Contains(parameter.Name)).Select(parameter => parameter.Value)];
    }

    public IReadOnlyList<ITunedWeights> Parameters => _parameters;

    public long Products => 0;

    public LinearHead Head => new(Parameters[^2].Span.ToArray(), Parameters[^1].Span.ToArray());

    public OnnxModel WriteBack(OnnxModel model) => _part.WriteBack(model);

    public float Gradients(FeatureBatch features, float[] targets, float[] weights, int step)
    {
        Forget();
        using var scope = NewDisposeScope();
        using var tape = new DepthwiseTape();
        var embedding = Drop(_part.Forward(There(features), tape), step);
        var scores = F.linear(embedding, _weight, _bias).log_softmax(1);
        var rows = (scores * tensor(targets, scores.shape, device: _device)).sum(1).neg();
        // Divided here, not in torch: TorchSharp does not keep a number alive that it is given in passing.
        var all = weights.Sum();
        var loss = (rows * tensor([.. weights.Select(weight => weight / all)], device: _device)).sum();
        _gradients.AddRange(Backward(loss, tape).Select(gradient => gradient.cpu().contiguous().MoveToOuterDisposeScope()));
        return loss.item<float>();
    }

    public ReadOnlySpan<float> GradientOf(int parameter) => _gradients[parameter].Numbers();

    public float[] Embed(FeatureBatch features)
    {
        using var plain = no_grad();
        using var there = There(features);
        using var embedding = _part.Forward(there);
        using var here = embedding.cpu();
        return [.. here.contiguous().data<float>()];
    }

    public void Dispose()
    {
        Forget();
        foreach (var parameter in _parameters)
            parameter.Dispose();
        _part.Dispose();
        _weight.Dispose();
        _bias.Dispose();
    }

    /// <summary>Autograd's gradients, and those of the depthwise convolutions from what autograd says of their outputs.</summary>
    private IEnumerable<Tensor> Backward(Tensor loss, DepthwiseTape tape)
    {
        Tensor[] outputs = [.. tape.Outputs];
        var all = autograd.grad([loss], [.. _leaves, .. outputs]);
        var others = tape.Gradients([.. all.Skip(_leaves.Length)]);
        var next = 0;
        return [.. Parameters.Select(parameter => others.TryGetValue(parameter.Name, out var gradient) ? gradient : all[next++])];
    }

    private Tensor Drop(Tensor embedding, int step)
    {
        if (_options.Dropout == 0)
            return embedding;
        var kept = FloatTensors.New(embedding.shape);
        Dropout.Fill(_options, step, kept.Numbers());
        return embedding * kept.to(_device);
    }

    private Tensor There(FeatureBatch features) =>
        tensor(features.Values.AsMemory(0, features.Count * features.Length), [features.Count, .. features.Shape], device: _device);

    private void Forget()
    {
        foreach (var gradient in _gradients)
            gradient.Dispose();
        _gradients.Clear();
    }
}
