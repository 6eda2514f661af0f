using Microsoft.Data.Sqlite;

namespace SockSort.Log.Sqlite.Storage;

/// <summary>The commands of a connection that are run again and again: each is compiled once. Not for several threads at a time.</summary>
/// <remarks>To compile the query that reads records takes longer than to read the records of a millisecond.</remarks>
internal sealed class PreparedCommands(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    /// <summary>Gives the command of that text with these values.</summary>
    /// <param name="sql">One of a few texts.</param>
    /// <param name="parameters">Of the same names and types with each call.</param>
    /// <returns>Owned by this object; its reader has to be disposed of before the next call.</returns>
    public SqliteCommand Get(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
            return _commands[sql] = connection.Command(sql, parameters);
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value;
        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }
}
