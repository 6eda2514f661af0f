using SockSort.Shared;

namespace SockSort.Bench;

/// <summary>What a bench has measured is not what it should have been, or the peer cannot be run.</summary>
public sealed class BenchException(string message, Exception? cause = null) : ExpectedException(message, cause)
{
    /// <inheritdoc/>
    public override string Code => "bench";
}
