using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Statements;
using SockSort.Sql.Syntax;
using SockSort.Sql.Testing.Conformance;
using SockSort.Sql.Values;

namespace SockSort.Sql.Testing.SqlTests;

/// <summary>Checks <c>ASSERT VALUES</c> and <c>ASSERT NULL VALUES</c>: each takes the next record of the source's topic.</summary>
internal sealed class RowAssertions(SqlEngine engine, MemoryLog log)
{
    private const string JavaClass = "java.lang.AssertionError";

    private readonly Dictionary<string, long> _next = [];

    /// <exception cref="AssertionException">The next record is another, or there is none.</exception>
    /// <exception cref="SqlException">The assertion names a source or a column that is not there, or a value that does not fit.</exception>
    public void Check(AssertRow assertion)
    {
        var row = engine.RowOf(assertion.Expected);
        if (assertion.IsTombstone && row.HasValue)
            throw new AssertionException(assertion.Span, "Unexpected value columns specified in ASSERT NULL VALUES.", JavaClass);
        var topic = row.Source.Topic;
        var at = _next.GetValueOrDefault(topic);
        if (log.Read(topic, 0, at, maxRecords: 1) is not [var record])
            throw new AssertionException(assertion.Span, AllRead(Expected(row, assertion.IsTombstone), topic, row), JavaClass);
        _next[topic] = at + 1;
        var expected = assertion.IsTombstone || record.Value is null ? Expected(row, assertion.IsTombstone) : Completed(row, record);
        var actual = DecodedRecord.Of(record, row.Source);
        if (!IsSame(expected, actual, row))
            throw new AssertionException(
                assertion.Span, $"Expected record does not match actual.\n\tExpected: {expected}\n\tActual:   {actual}", JavaClass);
    }

    private static DecodedRecord Expected(ValuesRow row, bool isTombstone) => DecodedRecord.Of(
        NewRecord.Memory(row.Key()), isTombstone ? null : NewRecord.Memory(row.Value()), row.Window, row.RowTime ?? 0, row.Source);

    /// <summary>What the assertion names, and of what it leaves out what the record has: that is not compared.</summary>
    private static DecodedRecord Completed(ValuesRow row, LogRecord record)
    {
        var key = record.Key is { } bytes && row.Source.Window is { } type ? RecordCodec.SplitWindow(bytes, type).Key : record.Key;
        try
        {
            return DecodedRecord.Of(
                NewRecord.Memory(row.Key(key)), NewRecord.Memory(row.Value(record.Value)), row.Window, row.RowTime ?? 0, row.Source);
        }
        catch (RecordException)
        {
            return Expected(row, isTombstone: false);
        }
    }

    private string AllRead(DecodedRecord expected, string topic, ValuesRow row)
    {
        var all = log.Read(topic, 0, 0, int.MaxValue).Select(record => $"\n\tActual:   {DecodedRecord.Of(record, row.Source)}");
        return $"Expected another record, but all records have already been read:\n\tExpected: {expected}{string.Concat(all)}";
    }

    /// <summary>ksqlDB's own tests write a windowed table's tombstone as a row whose values are all NULL.</summary>
    private static bool IsWindowsTombstone(DecodedRecord actual, ValuesRow row) =>
        actual.Value is null && row.Source.Window is not null && !row.HasValue;

    /// <summary>Compares two records; as columns, time and window only where the assertion names them.</summary>
    private static bool IsSame(DecodedRecord expected, DecodedRecord actual, ValuesRow row) =>
        JsonMatcher.Matches(expected.Key, actual.Key)
        && (JsonMatcher.Matches(expected.Value, actual.Value) || IsWindowsTombstone(actual, row))
        && (row.RowTime is null || expected.TimestampMs == actual.TimestampMs)
        && (row.Window is null || expected.Window == actual.Window);
}
