namespace SockSort.Sql.Engine.Execution;

/// <summary>Counts values that compiled expressions could not evaluate; such a value becomes NULL, and the query goes on.</summary>
public sealed class ExpressionErrors
{
    /// <summary>The number of values so far.</summary>
    public long Count { get; private set; }

    /// <summary>The newest error; null for none.</summary>
    public string? Last { get; private set; }

    /// <summary>When that was, by the system's clock; null for never.</summary>
    public DateTimeOffset? LastAt { get; private set; }

    /// <param name="where">The function or column.</param>
    public void Report(string where, Exception error)
    {
        Count++;
        (Last, LastAt) = ($"{where}: {error.Message}", DateTimeOffset.UtcNow);
    }
}
