using SockSort.Models.Inference;

namespace SockSort.Models.Learnt;

/// <summary>A frame shows a sock that was learnt from a few frames.</summary>
/// <param name="Label">The sock's.</param>
/// <param name="Share">How much nearer it is to that sock's frames than to all others, 0.86 to 1.</param>
public readonly record struct LearntAnswer(string Label, float Share)
{
    /// <summary>The sock in place of what the model says, which comes second.</summary>
    public Classification Beside(in Classification said) => new(Index: -1, Label, Share)
    {
        SecondLabel = said.Label,
        SecondProbability = 1 - Share,
    };
}
