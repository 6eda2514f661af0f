using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Reads and writes slots for compiled expressions; one pair of methods for each CLR form.</summary>
public static class SlotAccess
{
    public static bool? ReadBoolean(Slot[] row, int index) => row[index].Ref is null ? null : row[index].Bits != 0;

    public static int? ReadInteger(Slot[] row, int index) => row[index].Ref is null ? null : (int)row[index].Bits;

    public static long? ReadBigint(Slot[] row, int index) => row[index].Ref is null ? null : row[index].Bits;

    public static double? ReadDouble(Slot[] row, int index) => row[index].Ref is null ? null : row[index].AsDouble;

    public static SqlDate? ReadDate(Slot[] row, int index) => row[index].Ref is null ? null : new SqlDate((int)row[index].Bits);

    public static SqlTime? ReadTime(Slot[] row, int index) => row[index].Ref is null ? null : new SqlTime((int)row[index].Bits);

    public static SqlTimestamp? ReadTimestamp(Slot[] row, int index) => row[index].Ref is null ? null : new SqlTimestamp(row[index].Bits);

    public static object? ReadReference(Slot[] row, int index) => row[index].Ref;

    public static void WriteBoolean(ref Slot slot, bool? value) => slot = value is { } v ? Slot.Of(v) : default;

    public static void WriteInteger(ref Slot slot, int? value) => slot = value is { } v ? Slot.Of((long)v) : default;

    public static void WriteBigint(ref Slot slot, long? value) => slot = value is { } v ? Slot.Of(v) : default;

    public static void WriteDouble(ref Slot slot, double? value) => slot = value is { } v ? Slot.Of(v) : default;

    public static void WriteDate(ref Slot slot, SqlDate? value) => slot = value is { } v ? Slot.Of((long)v.Days) : default;

    public static void WriteTime(ref Slot slot, SqlTime? value) => slot = value is { } v ? Slot.Of((long)v.Milliseconds) : default;

    public static void WriteTimestamp(ref Slot slot, SqlTimestamp? value) => slot = value is { } v ? Slot.Of(v.Milliseconds) : default;

    public static void WriteReference(ref Slot slot, object? value) => slot = Slot.Of(value);

    /// <summary>The name of the pair for a type: <c>Read</c> or <c>Write</c> goes before it.</summary>
    public static string FormOf(SqlType type) => type.Base switch
    {
        SqlBaseType.Boolean => "Boolean",
        SqlBaseType.Integer => "Integer",
        SqlBaseType.Bigint => "Bigint",
        SqlBaseType.Double => "Double",
        SqlBaseType.Date => "Date",
        SqlBaseType.Time => "Time",
        SqlBaseType.Timestamp => "Timestamp",
        _ => "Reference",
    };
}
