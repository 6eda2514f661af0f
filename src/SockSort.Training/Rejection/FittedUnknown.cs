using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;
using SockSort.Training.Head;

namespace SockSort.Training.Rejection;

/// <summary>The output <c>unknown</c> of a model that was trained.</summary>
/// <param name="Head">As nodes of the graph.</param>
/// <param name="Estimate">What it is worth.</param>
internal sealed record FittedUnknown(UnknownHead Head, UnknownEstimate Estimate)
{
    /// <summary>What it says of the photos that were held out, in their order; null = there are none.</summary>
    public IReadOnlyList<double>? Held { get; init; }

    /// <summary>Scores of the changed copies that it was fitted by.</summary>
    public HeldOutLogits Copies { get; init; } = new();
}
