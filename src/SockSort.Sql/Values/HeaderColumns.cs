using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Values of HEADERS and HEADER('name') columns.</summary>
public static class HeaderColumns
{
    /// <summary>One header of the array that a HEADERS column holds.</summary>
    public static readonly StructType EntryType = SqlType.StructOf([new("KEY", SqlType.String), new("VALUE", SqlType.Bytes)]);
}
