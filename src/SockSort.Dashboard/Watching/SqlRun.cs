using SockSort.Log;
using SockSort.Sql;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Dashboard.Watching;

/// <summary>Runs a script for a page and keeps what it gave, the newest rows of what does not end.</summary>
internal sealed class SqlRun(DashboardParts parts) : IAsyncDisposable
{
    private const int MostRows = 200;
    private const string ScriptName = "editor";

    private readonly SqlSession _session = new() { IsScript = true };
    private CancellationTokenSource _end = new();

    /// <summary>What the statements gave, in their order.</summary>
    public List<SqlAnswer> Answers { get; } = [];

    /// <summary>The mistake of the last run; null for none.</summary>
    public SqlException? Mistake { get; private set; }

    /// <summary>A trouble that is no mistake in the text; null for none.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether statements run, or rows still come.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Raised on any thread when a statement has given something; not for each row.</summary>
    public event Action? Changed;

    /// <summary>Runs a script; ends when its statements and their rows have ended.</summary>
    public async Task RunAsync(string text)
    {
        await StopAsync();
        (Mistake, Trouble, IsRunning) = (null, null, true);
        Answers.Clear();
        Changed?.Invoke();
        _end = new CancellationTokenSource();
        try
        {
            foreach (var statement in SqlParser.Parse(new SourceText(ScriptName, text), _session.Variables))
                await RunAsync(statement, _end.Token);
            _ = await parts.Engine.EndScriptAsync(_session, _end.Token);
        }
        catch (SqlException error)
        {
            Mistake = error;
        }
        catch (LogException error)
        {
            Trouble = error.Message;
        }
        catch (OperationCanceledException)
        {
            // Stopped by the user.
        }
        finally
        {
            IsRunning = false;
            Changed?.Invoke();
        }
    }

    /// <summary>Ends what still runs.</summary>
    public Task StopAsync() => _end.CancelAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
    }

    private async Task RunAsync(Statement statement, CancellationToken end)
    {
        var answer = new SqlAnswer(statement.Span.Shown);
        Answers.Add(answer);
        switch (await parts.Commands.ExecuteAsync(statement, _session, end))
        {
            case MessageResult message:
                answer.Text = string.Join('\n', message.Notes.Prepend(message.Message).Where(line => line.Length > 0));
                break;
            case TextResult text:
                (answer.Text, answer.Explained) = (text.Text, text.Explained);
                break;
            case RowsResult rows:
                answer.Columns = NamesOf(rows.Columns);
                answer.Add([.. rows.Rows.TakeLast(MostRows).Select(RowOf)], MostRows);
                var left = rows.Rows.Count > MostRows ? $", the last {MostRows} are shown" : "";
                answer.Text = $"{Shown.Count(rows.Rows.Count)} rows{left}";
                break;
            case PushResult push:
                await ReadAsync(push.Query, answer, end);
                break;
            case PrintResult print:
                await ReadAsync(print.Printer, answer, end);
                break;
            case var other:
                ShowTables(other, answer);
                break;
        }
        Changed?.Invoke();
    }

    private async Task ReadAsync(PushQuery query, SqlAnswer answer, CancellationToken end)
    {
        await using (query)
        {
            (answer.Columns, answer.IsLive) = (NamesOf(query.Columns), true);
            Changed?.Invoke();
            try
            {
                await foreach (var row in query.ReadAsync(end))
                    answer.Add([RowOf(row.Values)], MostRows);
                answer.Text = query.Failure ?? "the query has ended";
            }
            finally
            {
                answer.IsLive = false;
            }
        }
    }

    private async Task ReadAsync(TopicPrinter printer, SqlAnswer answer, CancellationToken end)
    {
        (answer.Columns, answer.IsLive) = (["Record"], true);
        try
        {
            await foreach (var line in printer.ReadAsync(end))
                answer.Add([[line]], MostRows);
        }
        finally
        {
            answer.IsLive = false;
        }
    }

    private static void ShowTables(StatementResult result, SqlAnswer answer)
    {
        IReadOnlyList<TableResult> tables = result switch
        {
            TableResult table => [table],
            TablesResult several => several.Tables,
            ConnectorResult connector => connector.Tables,
            QueriesResult queries => [.. queries.Queries.Select(query => query.Table)],
            _ => [],
        };
        answer.Tables = tables;
        if (result is FunctionResult function)
            answer.Text = function.Text;
    }

    private static IReadOnlyList<string> NamesOf(IReadOnlyList<SourceColumn> columns) => [.. columns.Select(column => column.Name)];

    private static IReadOnlyList<string> RowOf(object?[] values) => [.. values.Select(value => value is null ? "null" : SqlText.Of(value))];
}
