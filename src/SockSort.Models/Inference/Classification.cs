using System.Numerics.Tensors;

namespace SockSort.Models.Inference;

/// <summary>What a frame most probably shows.</summary>
/// <param name="Index">Class; index of the label.</param>
/// <param name="Label">The shown name, or <c>Blank</c> for none.</param>
/// <param name="Probability">0..1.</param>
public readonly record struct Classification(int Index, string Label, float Probability)
{
    /// <summary>
    /// How little the frame is like any class: 0 = surely one of the taught, 1 = surely none; null = the model has no such output.
    /// </summary>
    public float? Unknown { get; init; }

    /// <summary>The label with the next highest probability; null where there is only one label.</summary>
    public string? SecondLabel { get; init; }

    /// <summary>Probability of <see cref="SecondLabel"/>, 0..1; 0 without one.</summary>
    public float SecondProbability { get; init; }

    /// <param name="labels">Index = class.</param>
    /// <param name="probabilities">One a label.</param>
    /// <param name="unknown">The model's output; null = it has none.</param>
    public static Classification Of(IReadOnlyList<string> labels, ReadOnlySpan<float> probabilities, float? unknown)
    {
        var best = TensorPrimitives.IndexOfMax(probabilities);
        var second = -1;
        for (var label = 0; label < probabilities.Length; label++)
        {
            if (label != best && (second < 0 || probabilities[label] > probabilities[second]))
                second = label;
        }
        return new Classification(best, labels[best], probabilities[best])
        {
            Unknown = unknown,
            SecondLabel = second < 0 ? null : labels[second],
            SecondProbability = second < 0 ? 0 : probabilities[second],
        };
    }
}
