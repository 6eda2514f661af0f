using SockSort.Shared;

namespace SockSort.Training.Evaluation;

/// <summary>Pictures and labels by which a model cannot be judged. The message says which and why.</summary>
public sealed class EvaluationException : ExpectedException
{
    internal EvaluationException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <inheritdoc/>
    public override string Code => "evaluation";
}
