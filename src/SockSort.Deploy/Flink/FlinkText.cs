using System.Globalization;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Deploy.Flink;

/// <summary>Names, literals and types as Flink SQL writes them.</summary>
internal static class FlinkText
{
    /// <summary>Days have two digits in an interval.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(99);

    public static string Interval(TimeSpan duration) =>
        $"INTERVAL '{duration.ToString(@"d\ hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)}' DAY TO SECOND(3)";

    public static string Name(string name) => $"`{name.Replace("`", "``")}`";

    public static string Quote(string text) => $"'{text.Replace("'", "''")}'";

    /// <summary>An option of a table.</summary>
    public static string Option(KeyValuePair<string, string> option) => $"{Quote(option.Key)} = {Quote(option.Value)}";

    /// <returns>Null for a type whose values the two write in different ways.</returns>
    public static string? Type(SqlType type) => type.Base switch
    {
        SqlBaseType.Boolean => "BOOLEAN",
        SqlBaseType.Integer => "INT",
        SqlBaseType.Bigint => "BIGINT",
        SqlBaseType.Double => "DOUBLE",
        SqlBaseType.String => "STRING",
        _ => null,
    };

    /// <exception cref="FlinkRefusedException">Flink has no type with the same values.</exception>
    public static string Type(SqlType type, SourceSpan at) => Type(type)
        ?? throw new FlinkRefusedException(at, $"{type} is not translated; STRING, INTEGER, BIGINT, DOUBLE and BOOLEAN are");
}
