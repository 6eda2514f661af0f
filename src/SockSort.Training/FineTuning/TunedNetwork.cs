using SockSort.Models.Onnx;
using SockSort.Training.Augmentation;
using SockSort.Training.Graph;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SockSort.Training.FineTuning;

/// <summary>The tuned part of the backbone and the head on it: what the steps change.</summary>
internal sealed class TunedNetwork : IDisposable
{
    // Apart from the numbers of pictures.
    private const int DropoutStream = 1 << 29;

    private readonly TorchPart _part;
    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly TrainingOptions _options;
    private readonly Tensor[] _leaves;
    private readonly Device _device;

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
        Parameters =
        [
            .. _part.Parameters.Select(parameter => new TunedTensor(parameter.Name, parameter.Value, options.LearningRate)),
            new TunedTensor("head.weight", _weight, options.HeadLearningRate),
            new TunedTensor("head.bias", _bias, options.HeadLearningRate),
        ];
        _leaves = [.. Parameters.Where(parameter => !_part.OnTape.Contains(parameter.Name)).Select(parameter => parameter.Value)];
    }

    public IReadOnlyList<TunedTensor> Parameters { get; }

    /// <summary>The head as it is now.</summary>
    public LinearHead Head => new(Parameters[^2].Span.ToArray(), Parameters[^1].Span.ToArray());

    /// <summary>The backbone as it is now.</summary>
    public OnnxModel WriteBack(OnnxModel model) => _part.WriteBack(model);

    /// <summary>Loss and gradients of a batch; the parameters stay.</summary>
    /// <param name="features">N pictures, as the frozen part gives them.</param>
    /// <param name="targets">See <see cref="Targets"/>.</param>
    /// <param name="weights">One a picture; a loss counts by it.</param>
    /// <param name="step">Says which numbers of the embedding are dropped.</param>
    /// <param name="gradients">In the order of <see cref="Parameters"/>; the caller's.</param>
    public float Gradients(Tensor features, float[] targets, float[] weights, int step, out IReadOnlyList<Tensor> gradients)
    {
        using var scope = NewDisposeScope();
        using var tape = new DepthwiseTape();
        var embedding = Drop(_part.Forward(features, tape), step);
        var scores = F.linear(embedding, _weight, _bias).log_softmax(1);
        var rows = (scores * tensor(targets, scores.shape, device: _device)).sum(1).neg();
        // Divided here, not in torch: TorchSharp does not keep a number alive that it is given in passing.
        var all = weights.Sum();
        var loss = (rows * tensor([.. weights.Select(weight => weight / all)], device: _device)).sum();
        gradients = [.. Backward(loss, tape).Select(gradient => gradient.MoveToOuterDisposeScope())];
        return loss.item<float>();
    }

    /// <summary>N x width; no gradient.</summary>
    public float[] Embed(Tensor features)
    {
        using var plain = no_grad();
        using var embedding = _part.Forward(features);
        using var here = embedding.cpu();
        return [.. here.contiguous().data<float>()];
    }

    public void Dispose()
    {
        foreach (var parameter in Parameters)
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
        var random = new SampleRandom(_options.Seed, DropoutStream + step);
        var kept = FloatTensors.New(embedding.shape);
        var (share, scale) = ((float)_options.Dropout, (float)(1 / (1 - _options.Dropout)));
        foreach (ref var value in kept.Numbers())
            value = random.Chance(share) ? 0 : scale;
        return embedding * kept.to(_device);
    }
}
