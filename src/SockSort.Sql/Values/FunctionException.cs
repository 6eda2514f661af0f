namespace SockSort.Sql.Values;

/// <summary>A function refuses its arguments; the value becomes NULL and the message is shown with the query.</summary>
public sealed class FunctionException(string message) : Exception(message);
