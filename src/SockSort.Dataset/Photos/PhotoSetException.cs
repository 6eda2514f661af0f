using SockSort.Shared;

namespace SockSort.Dataset.Photos;

/// <summary>What is no set of photos to learn from. The message names it and says what is expected.</summary>
public sealed class PhotoSetException : ExpectedException
{
    internal PhotoSetException(string place, string problem)
        : base($"{place}: {problem}") =>
        (Place, Problem) = (place, problem);

    /// <summary>Path or address of what is at fault.</summary>
    public override string Place { get; }

    /// <inheritdoc/>
    public override string Code => "photos";

    /// <summary>What is wrong with it, without the path.</summary>
    public string Problem { get; }
}
