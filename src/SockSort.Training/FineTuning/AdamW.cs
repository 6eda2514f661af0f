using SockSort.Training.Graph;
using static TorchSharp.torch;

namespace SockSort.Training.FineTuning;

/// <summary>Moves parameters against their gradients.</summary>
/// <param name="parameters">Changed in place.</param>
/// <param name="weightDecay">Share of the learning rate by which each shrinks in a step.</param>
internal sealed class AdamW(IReadOnlyList<TunedTensor> parameters, double weightDecay)
{
    private readonly float[][] _means = [.. parameters.Select(parameter => new float[parameter.Length])];
    private readonly float[][] _squares = [.. parameters.Select(parameter => new float[parameter.Length])];

    /// <summary>Steps done.</summary>
    public int Steps { get; set; }

    /// <summary>All that must be kept to go on later: parameters and their running means, in a fixed order.</summary>
    public IEnumerable<Memory<float>> State => _means.Concat(_squares).Select(values => values.AsMemory());

    /// <param name="gradients">In the order of the parameters.</param>
    /// <param name="share">Of each parameter's full learning rate, 0..1.</param>
    public void Step(IReadOnlyList<Tensor> gradients, double share)
    {
        Steps++;
        _ = Parallel.For(0, parameters.Count, i =>
        {
            using var here = gradients[i].cpu();
            using var gradient = here.contiguous();
            AdamWKernel.Step(parameters[i].Span, gradient.Numbers(), _means[i], _squares[i],
                Steps, (float)(parameters[i].Rate * share), (float)weightDecay);
            parameters[i].Publish();
        });
    }
}
