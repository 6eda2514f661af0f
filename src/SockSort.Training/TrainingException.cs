namespace SockSort.Training;

/// <summary>Photos from which nothing can be learnt. The message says which and why.</summary>
public sealed class TrainingException : Exception
{
    internal TrainingException(string message)
        : base(message)
    {
    }
}
