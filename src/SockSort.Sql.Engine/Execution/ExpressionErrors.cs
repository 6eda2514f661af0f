namespace SockSort.Sql.Engine.Execution;

/// <summary>Where compiled expressions report values that could not be worked out; the value becomes NULL, the query goes on.</summary>
public sealed class ExpressionErrors
{
    /// <summary>How many so far.</summary>
    public long Count { get; private set; }

    /// <summary>Text of the newest, or null.</summary>
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
