using SockSort.Log;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Reads the values of HEADERS and HEADER('name') columns from a record.</summary>
internal static class HeaderValues
{
    /// <param name="headerKey">Null for all headers as an array; else the newest one of that name, NULL where there is none.</param>
    public static object? Read(IReadOnlyList<RecordHeader> headers, string? headerKey)
    {
        if (headerKey is not null)
            return headers.LastOrDefault(header => header.Name == headerKey) is { Name: not null } found ? Bytes(found) : null;
        return new SqlArray([.. headers.Select(header => new SqlStruct(HeaderColumns.EntryType, [header.Name, Bytes(header)]))]);
    }

    private static SqlBytes? Bytes(RecordHeader header) => header.Value is { } value ? new SqlBytes(value.ToArray()) : null;
}
