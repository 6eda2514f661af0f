using System.Collections.Frozen;

namespace SockSort.Sql;

/// <summary>Knows the names that functions have in other dialects.</summary>
internal static class FunctionNames
{
    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>
    {
        ["SUBSTR"] = "SUBSTRING",
        ["MID"] = "SUBSTRING",
        ["UPPER"] = "UCASE",
        ["LOWER"] = "LCASE",
        ["LENGTH"] = "LEN",
        ["CHAR_LENGTH"] = "LEN",
        ["STRPOS"] = "INSTR",
        ["POSITION"] = "INSTR",
        ["CHARINDEX"] = "INSTR",
        ["NVL"] = "IFNULL",
        ["ISNULL"] = "IFNULL",
        ["POW"] = "POWER",
        ["CEILING"] = "CEIL",
        ["TRUNCATE"] = "TRUNC",
        ["RAND"] = "RANDOM",
        ["MEAN"] = "AVG",
        ["STDDEV"] = "STDDEV_SAMP",
        ["STDDEV_SAMPLE"] = "STDDEV_SAMP",
        ["NOW"] = "UNIX_TIMESTAMP",
        ["CURRENT_TIMESTAMP"] = "UNIX_TIMESTAMP",
        ["DATE_ADD"] = "DATEADD",
        ["DATE_SUB"] = "DATESUB",
        ["DATE_FORMAT"] = "FORMAT_DATE",
        ["TO_DATE"] = "PARSE_DATE",
        ["TO_TIMESTAMP"] = "PARSE_TIMESTAMP",
        ["TO_CHAR"] = "FORMAT_TIMESTAMP",
        ["CARDINALITY"] = "ARRAY_LENGTH",
        ["ARRAYCONTAINS"] = "ARRAY_CONTAINS",
        ["ARRAY_AGG"] = "COLLECT_LIST",
        ["UNNEST"] = "EXPLODE",
        ["LAST_VALUE"] = "LATEST_BY_OFFSET",
        ["FIRST_VALUE"] = "EARLIEST_BY_OFFSET",
        ["JSON_VALUE"] = "EXTRACTJSONFIELD",
        ["GET_JSON_OBJECT"] = "EXTRACTJSONFIELD",
    }.ToFrozenDictionary();

    /// <summary>The ksqlDB name of a function of another dialect; null for none.</summary>
    /// <param name="name">The name in upper case.</param>
    public static string? Elsewhere(string name) => Others.GetValueOrDefault(name);
}
