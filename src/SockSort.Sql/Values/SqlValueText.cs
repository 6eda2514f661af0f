using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Writes values as a command line shows them.</summary>
public static class SqlValueText
{
    /// <param name="value">A boxed value of a row, not null.</param>
    /// <returns>Strings bare at the top, collections as <c>[a, b]</c>, <c>{a=1}</c>, structs as <c>{A=1}</c>.</returns>
    public static string Of(object value)
    {
        if (value is not SqlStruct row)
            return SqlText.Of(value);
        var fields = row.Type.Fields.Select((member, i) => $"{member.Name}={(row.Values[i] is { } inner ? Of(inner) : "null")}");
        return $"{{{string.Join(", ", fields)}}}";
    }
}
