namespace SockSort.Dataset.Photos;

/// <summary>What is no set of photos to learn from. The message names it and says what is expected.</summary>
public sealed class PhotoSetException : Exception
{
    internal PhotoSetException(string place, string problem)
        : base($"{place}: {problem}") =>
        (Place, Problem) = (place, problem);

    /// <summary>Path or address of what is at fault.</summary>
    public string Place { get; }

    /// <summary>What is wrong with it, without the path.</summary>
    public string Problem { get; }
}
