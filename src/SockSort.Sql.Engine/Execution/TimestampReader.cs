using SockSort.Sql.JavaTime;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Takes a record's time from one of its columns.</summary>
/// <param name="slot">The slot of the column.</param>
/// <param name="format">The pattern of a STRING column; null for numbers and TIMESTAMP.</param>
/// <param name="failsOnWrongTime">
/// A value that is no time ends the query (<c>ksql.timestamp.throw.on.invalid</c>) instead of leaving the record out.
/// </param>
internal sealed class TimestampReader(int slot, SqlType type, JavaDateFormat? format, bool readsKey, bool failsOnWrongTime)
{
    public bool ReadsKey => readsKey;

    /// <summary>Reads the time in milliseconds since 1970, never below 0.</summary>
    /// <exception cref="RecordException">
    /// The column is NULL, does not fit the format, or is below zero: the record is to be left out.
    /// </exception>
    /// <exception cref="InvalidOperationException">The same, where it is to end the query.</exception>
    public long Of(Slot[] row)
    {
        try
        {
            return Read(ref row[slot]);
        }
        catch (RecordException error) when (failsOnWrongTime)
        {
            throw new InvalidOperationException($"{error.Message} (ksql.timestamp.throw.on.invalid is true)", error);
        }
    }

    private long Read(ref Slot value)
    {
        if (value.IsNull)
            throw new RecordException("its timestamp column is NULL");
        var at = type.Base == SqlBaseType.String ? Parse((string)value.Ref!) : value.Bits;
        return at >= 0 ? at : throw new RecordException("its timestamp is below zero");
    }

    private long Parse(string text)
    {
        try
        {
            return format!.ParseTimestamp(text, TimeZoneInfo.Utc);
        }
        catch (FormatException error)
        {
            throw new RecordException($"its timestamp: {error.Message}", error, shown: "its timestamp does not read");
        }
    }
}
