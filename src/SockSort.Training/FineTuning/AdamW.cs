namespace SockSort.Training.FineTuning;

/// <summary>Moves parameters against their gradients.</summary>
/// <param name="parameters">Changed in place.</param>
/// <param name="weightDecay">Share of the learning rate by which each shrinks in a step.</param>
internal sealed class AdamW(IReadOnlyList<ITunedWeights> parameters, double weightDecay)
{
    private readonly float[][] _means = [.. parameters.Select(parameter => new float[parameter.Span.Length])];
    private readonly float[][] _squares = [.. parameters.Select(parameter => new float[parameter.Span.Length])];

    /// <summary>Steps done.</summary>
    public int Steps { get; set; }

    /// <summary>All that must be kept to go on later: parameters and their running means, in a fixed order.</summary>
    public IEnumerable<Memory<float>> State => _means.Concat(_squares).Select(values => values.AsMemory());

    /// <param name="network">Has the gradients.</param>
    /// <param name="share">Of each parameter's full learning rate, 0..1.</param>
    public void Step(ITunedNetwork network, double share)
    {
        Steps++;
        _ = Parallel.For(0, parameters.Count, i =>
        {
            AdamWKernel.Step(parameters[i].Span, network.GradientOf(i), _means[i], _squares[i],
                Steps, (float)(parameters[i].Rate * share), (float)weightDecay);
            parameters[i].Publish();
        });
    }
}
