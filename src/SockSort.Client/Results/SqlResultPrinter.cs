using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;

namespace SockSort.Client.Results;

/// <summary>Prints results of statements as ksqlDB's command line does.</summary>
/// <param name="output">Receives the text.</param>
/// <param name="width">The width of a line in characters.</param>
/// <param name="work">
/// Runs the queries until they have processed all available records; push queries and PRINT then end there. Null if queries run by
/// themselves; push queries and PRINT then run until they are cancelled.
/// </param>
public sealed class SqlResultPrinter(TextWriter output, int width, Action? work = null)
{
    public const string Terminated = "Query terminated";

    /// <summary>Prints a result. For a push query or PRINT, prints rows until it ends or is cancelled.</summary>
    public async Task PrintAsync(StatementResult result, CancellationToken cancellation)
    {
        switch (result)
        {
            case MessageResult message:
                Message(message);
                break;
            case TableResult table:
                Table(table);
                break;
            case TablesResult tables:
                foreach (var table in tables.Tables)
                    Table(table);
                break;
            case QueriesResult queries:
                foreach (var query in queries.Queries)
                    Table(query.Table);
                break;
            case ConnectorResult connector:
                foreach (var table in connector.Tables)
                    Table(table);
                break;
            case FunctionResult function:
                output.WriteLine(function.Text);
                break;
            case TextResult text:
                output.WriteLine(text.Text);
                break;
            case RowsResult rows:
                Rows(rows);
                break;
            case PushResult push:
                await PushAsync(push.Query, cancellation);
                break;
            case PrintResult print:
                await LinesAsync(print.Printer, cancellation);
                break;
            default:
                break;
        }
        output.Flush();
    }

    private void Message(MessageResult message)
    {
        if (message.Message.Length > 0)
            Grid(["Message"], [[message.Message]]);
        foreach (var note in message.Notes)
            output.WriteLine($"note: {note}");
    }

    private void Table(TableResult table)
    {
        output.WriteLine();
        if (table.Title is not null)
            output.WriteLine(table.Title);
        Grid(table.Columns, table.Rows);
        foreach (var line in table.Footer)
            output.WriteLine(line);
    }

    /// <summary>Prints columns as wide as their widest cell, with rules of dashes above and below the rows.</summary>
    private void Grid(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = columns.Select((name, i) => Math.Max(name.Length, rows.Select(row => row[i].Length).DefaultIfEmpty(0).Max())).ToList();
        var rule = new string('-', widths.Sum() + (3 * columns.Count) - 1);
        output.WriteLine(Line(columns, widths));
        output.WriteLine(rule);
        foreach (var row in rows)
            output.WriteLine(Line(row, widths));
        output.WriteLine(rule);
    }

    private static string Line(IReadOnlyList<string> cells, List<int> widths) =>
        string.Join("|", cells.Select((cell, i) => $" {cell.PadRight(widths[i])} "));

    private void Rows(RowsResult result)
    {
        var printer = new SqlTablePrinter(output, width);
        printer.Header(result.Columns);
        foreach (var row in result.Rows)
            printer.Row(result.Columns, new PushedRow(row, IsTombstone: false));
        if (result.Rows.Count > 0)
            printer.Rule(result.Columns.Count);
        if (result.Partitions?.Note is { } note)
            output.WriteLine($"note: {note}");
        output.WriteLine(Terminated);
    }

    private async Task PushAsync(PushQuery query, CancellationToken cancellation)
    {
        await using var running = query;
        var printer = new SqlTablePrinter(output, width);
        IReadOnlyList<SourceColumn> columns = query.Columns;
        printer.Header(columns);
        output.Flush();
        try
        {
            await foreach (var row in work is null ? query.ReadAsync(cancellation) : PendingRowsAsync(query, work))
            {
                printer.Row(columns, row);
                output.Flush();
            }
            if (query.Failure is { } failure)
                output.WriteLine($"error: {failure}");
            else if (query.Metrics.LastError is { } error)
                output.WriteLine($"note: {error}");
            if (query.ReachedLimit)
                output.WriteLine("Limit Reached");
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how a push query ends.
        }
        output.WriteLine(Terminated);
    }

    /// <summary>
    /// The rows of a query up to the current end. The query pauses while many rows are unread, so it is resumed until no more rows come.
    /// </summary>
    private static async IAsyncEnumerable<PushedRow> PendingRowsAsync(PushQuery query, Action work)
    {
        await Task.CompletedTask;
        for (var more = true; more;)
        {
            work();
            for (more = false; query.TryRead(out var row); more = true)
                yield return row!;
        }
    }

    private async Task LinesAsync(TopicPrinter printer, CancellationToken cancellation)
    {
        try
        {
            await foreach (var line in printer.ReadAsync(cancellation, endsAtEnd: work is not null))
            {
                output.WriteLine(line);
                output.Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how PRINT ends.
        }
        output.WriteLine("Topic printing ceased");
    }
}
