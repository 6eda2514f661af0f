using SockSort.Shared;

namespace SockSort.Sql.Values;

/// <summary>A function refuses its arguments; the value becomes NULL and the message is shown with the query.</summary>
public sealed class FunctionException(string message) : ExpectedException(message)
{
    public override string Code => "function";
}
