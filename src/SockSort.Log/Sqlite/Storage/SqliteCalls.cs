using Microsoft.Data.Sqlite;

namespace SockSort.Log.Sqlite.Storage;

/// <summary>Extension methods that run one statement.</summary>
internal static class SqliteCalls
{
    public static SqliteCommand Command(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            _ = command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>Runs a statement and returns the number of changed rows.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement to its last row, for pragmas that do a part of their work for each row.</summary>
    public static void RunAll(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
        }
    }

    /// <summary>The first column of the first row; 0 if it is NULL or there is no row.</summary>
    public static long Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar() as long? ?? 0;
    }
}
