namespace SockSort.Sql.Engine.BuiltIn;

/// <summary>Takes the rows that a built-in query writes.</summary>
public interface IBuiltInOutput
{
    /// <param name="output">The number of the output, from 0.</param>
    /// <param name="key">The key column.</param>
    /// <param name="values">The value columns in their order: string, long, int, double, bool or null. Null removes a table's row.</param>
    /// <param name="timestampMs">Milliseconds since 1970, UTC.</param>
    void Write(int output, string key, IReadOnlyList<object?>? values, long timestampMs);
}
