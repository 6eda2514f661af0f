using SockSort.Models.Onnx;

namespace SockSort.Training.FineTuning;

/// <summary>The tuned part of the backbone and the head on it: what the steps change.</summary>
internal interface ITunedNetwork : IDisposable
{
    /// <summary>In the order of the graph, then the head's.</summary>
    IReadOnlyList<ITunedWeights> Parameters { get; }

    /// <summary>Multiplications, each with its addition, that gradients of one picture take; 0 = not known.</summary>
    long Products { get; }

    /// <summary>The head as it is now.</summary>
    LinearHead Head { get; }

    /// <summary>The backbone as it is now.</summary>
    OnnxModel WriteBack(OnnxModel model);

    /// <summary>Loss and gradients of a batch; the parameters stay.</summary>
    /// <param name="features">As the frozen part gives them.</param>
    /// <param name="targets">See <see cref="Targets"/>.</param>
    /// <param name="weights">One a picture; a loss counts by it.</param>
    /// <param name="step">Says which numbers of the embedding are dropped.</param>
    float Gradients(FeatureBatch features, float[] targets, float[] weights, int step);

    /// <summary>What a parameter has to change by; until <see cref="Gradients"/> is called again.</summary>
    /// <param name="parameter">Its place in <see cref="Parameters"/>.</param>
    ReadOnlySpan<float> GradientOf(int parameter);

    /// <summary>N x width; no gradient.</summary>
    float[] Embed(FeatureBatch features);
}

/// <summary>Weights that are learnt.</summary>
internal interface ITunedWeights
{
    /// <summary>Of the initialiser.</summary>
    string Name { get; }

    /// <summary>Full learning rate.</summary>
    double Rate { get; }

    /// <summary>The numbers; after a change call <see cref="Publish"/>.</summary>
    Span<float> Span { get; }

    /// <summary>Brings the numbers to where the network computes.</summary>
    void Publish();
}
