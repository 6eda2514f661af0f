using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>The type of HEADERS columns.</summary>
public static class HeaderColumns
{
    /// <summary>Type of one header in the array that a HEADERS column holds.</summary>
    public static readonly StructType EntryType = SqlType.StructOf([new("KEY", SqlType.String), new("VALUE", SqlType.Bytes)]);
}
