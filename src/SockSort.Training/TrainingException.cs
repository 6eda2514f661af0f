using SockSort.Shared;

namespace SockSort.Training;

/// <summary>Photos from which nothing can be learnt, or a network or machine that cannot learn. The message says which and why.</summary>
public sealed class TrainingException : ExpectedException
{
    internal TrainingException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <inheritdoc/>
    public override string Code => "training";
}
