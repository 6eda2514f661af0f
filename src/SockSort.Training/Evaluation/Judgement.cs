using System.Numerics.Tensors;

namespace SockSort.Training.Evaluation;

/// <summary>What a model said of one picture whose truth is known.</summary>
public sealed record Judgement
{
    /// <summary><see cref="Truth"/> of a picture whose label the model was never taught.</summary>
    public const int NotTaught = -1;

    /// <summary>Path or record; what a report calls the picture.</summary>
    public required string Name { get; init; }

    /// <summary>The truth as it was given: a folder's label, a cell of a CSV.</summary>
    public required string Label { get; init; }

    /// <summary>Index of the truth among the model's labels; <see cref="NotTaught"/> where the model does not know it.</summary>
    public required int Truth { get; init; }

    /// <summary>Shares of 1, one a label of the model.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>The model's <c>unknown</c>, 0..1; null where it has no such output.</summary>
    public double? Unknown { get; init; }

    /// <summary>
    /// The higher, the more the model takes the picture for one of its classes: by <see cref="Unknown"/>, else by probability.
    /// </summary>
    public double KnownScore => Unknown is { } unknown ? -unknown : Probability;

    /// <summary>Mean of the picture's values, 0 (black) to 1 (white); null = not measured.</summary>
    public double? Brightness { get; init; }

    public bool IsKnown => Truth >= 0;

    /// <summary>Index of the label with the highest probability, the first of equals.</summary>
    public int Said => TensorPrimitives.IndexOfMax<float>(Probabilities);

    /// <summary>Probability of <see cref="Said"/>, 0..1.</summary>
    public double Probability => Probabilities[Said];

    /// <summary>False for a picture whose label is unknown.</summary>
    public bool IsRight => Said == Truth;

    /// <summary>Place of the truth when labels are ordered by probability, 0 = the highest; only for a known label.</summary>
    public int Rank
    {
        get
        {
            var rank = 0;
            for (var label = 0; label < Probabilities.Length; label++)
            {
                // Of equals the first counts as the higher, as in Said.
                if (Probabilities[label] > Probabilities[Truth] || (Probabilities[label] == Probabilities[Truth] && label < Truth))
                    rank++;
            }
            return rank;
        }
    }
}
