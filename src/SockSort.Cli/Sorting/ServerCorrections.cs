using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Client.Rest;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Queries;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Cli.Sorting;

/// <summary>Makes corrections by the SQL server of a process that runs.</summary>
internal static class ServerCorrections
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <returns>Why it was refused; null where it was made.</returns>
    /// <exception cref="KsqlClientException">The server cannot be reached, or knows no sorting.</exception>
    /// <exception cref="CommandException">The ledger does not answer.</exception>
    public static async Task<string?> MakeAsync(KsqlClient server, Correction correction, CancellationToken cancellation)
    {
        _ = await server.RunAsync(CorrectionSql.Insert(correction), new SqlSession(), cancellation);
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            await foreach (var line in server.QueryAsync(CorrectionSql.Result(correction.Id), new SqlSession(), cancellation))
            {
                // The columns come first, as an object; then the row, as an array.
                if (JsonSerializer.Deserialize<JsonElement>(line) is { ValueKind: JsonValueKind.Array } row)
                    return row[1].GetString();
            }
            await Task.Delay(Pause, cancellation);
        }
        throw new CommandException($"the correction is in the log, but the ledger has not taken it within {Patience.TotalSeconds:0} s; "
            + "look at SHOW QUERIES there");
    }
}
