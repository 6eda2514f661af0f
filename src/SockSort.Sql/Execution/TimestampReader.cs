using SockSort.Sql.Formats;
using SockSort.Sql.JavaTime;
using SockSort.Sql.Types;

namespace SockSort.Sql.Execution;

/// <summary>Takes a record's time from one of its columns.</summary>
/// <param name="slot">Of the column.</param>
/// <param name="format">Of a STRING column; null for numbers and TIMESTAMP.</param>
internal sealed class TimestampReader(int slot, SqlType type, JavaDateFormat? format, bool readsKey)
{
    public bool ReadsKey => readsKey;

    /// <summary>Milliseconds since 1970.</summary>
    /// <exception cref="RecordException">The column is NULL or does not fit the format.</exception>
    public long Of(Slot[] row)
    {
        ref var value = ref row[slot];
        if (value.IsNull)
            throw new RecordException("its timestamp column is NULL");
        if (type.Base != SqlBaseType.String)
            return value.Bits;
        try
        {
            return format!.ParseTimestamp((string)value.Ref!, TimeZoneInfo.Utc);
        }
        catch (FormatException error)
        {
            throw new RecordException($"its timestamp: {error.Message}", error);
        }
    }
}
