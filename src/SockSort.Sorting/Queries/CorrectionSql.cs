using SockSort.Sorting.Ledger;
using SockSort.Sorting.Topics;
using SockSort.Sql.Syntax;

namespace SockSort.Sorting.Queries;

/// <summary>The statements by which a correction is made and its result is asked for.</summary>
public static class CorrectionSql
{
    /// <summary>Puts the correction into the log.</summary>
    public static string Insert(Correction correction)
    {
        var columns = new List<(string Name, string Value)> { ("id", correction.Id), ("kind", CorrectionWords.Of(correction.Kind)) };
        Add(columns, "sighting", correction.Sighting);
        Add(columns, "sock", correction.Sock);
        Add(columns, "into_sock", correction.IntoSock);
        Add(columns, "was", correction.Was);
        return $"INSERT INTO {SortingNames.Corrections} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ("
            + $"{string.Join(", ", columns.Select(column => SqlPrinter.Quote(column.Value)))});";
    }

    /// <summary>Asks what became of a correction: a row of ACCEPTED and REASON, or none yet.</summary>
    public static string Result(string id) => $"SELECT accepted, reason FROM {SortingNames.Results} WHERE id = {SqlPrinter.Quote(id)};";

    private static void Add(List<(string Name, string Value)> columns, string name, string? value)
    {
        if (value is not null)
            columns.Add((name, value));
    }
}
