using SockSort.Log;
using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Values of HEADERS and HEADER('name') columns.</summary>
internal static class HeaderColumns
{
    public static readonly StructType EntryType = SqlType.StructOf([new("KEY", SqlType.String), new("VALUE", SqlType.Bytes)]);

    /// <param name="headerKey">Null for all headers as an array; else the newest one of that name, NULL where there is none.</param>
    public static object? Read(IReadOnlyList<RecordHeader> headers, string? headerKey)
    {
        if (headerKey is not null)
            return headers.LastOrDefault(header => header.Name == headerKey) is { Name: not null } found ? Bytes(found) : null;
        return new SqlArray([.. headers.Select(header => new SqlStruct(EntryType, [header.Name, Bytes(header)]))]);
    }

    private static SqlBytes? Bytes(RecordHeader header) => header.Value is { } value ? new SqlBytes(value.ToArray()) : null;
}
