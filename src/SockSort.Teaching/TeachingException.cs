using SockSort.Shared;

namespace SockSort.Teaching;

/// <summary>A sock cannot be taught as it was asked for; the message says why and what to do.</summary>
public sealed class TeachingException : ExpectedException
{
    internal TeachingException(string place, string problem, Exception? cause = null)
        : base($"{place}: {problem}", cause) => Place = place;

    /// <inheritdoc/>
    public override string Code => "teaching";

    /// <summary>The name of the sock, or the path at fault.</summary>
    public override string? Place { get; }
}
