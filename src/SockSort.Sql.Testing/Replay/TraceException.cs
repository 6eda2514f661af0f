using SockSort.Shared;

namespace SockSort.Sql.Testing.Replay;

/// <summary>A trace or an expectation that cannot be read, or that names a topic that the script does not have.</summary>
public sealed class TraceException(string message, Exception? inner = null) : ExpectedException(message, inner)
{
    public override string Code => "trace";
}
