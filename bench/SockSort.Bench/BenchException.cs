using SockSort.Shared;

namespace SockSort.Bench;

/// <summary>A measured result is wrong, or the peer cannot be run.</summary>
public sealed class BenchException(string message, Exception? cause = null) : ExpectedException(message, cause)
{
    /// <inheritdoc/>
    public override string Code => "bench";
}
