using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SockSort.Dashboard.Layout;
using SockSort.Dashboard.Watching;
using SockSort.Sql;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;

namespace SockSort.Dashboard.Pages;

/// <summary>Statements to run, what they give, and the queries that run.</summary>
public sealed partial class Sql : RefreshingPage
{
    private ElementReference _editor;
    private string _text = SqlExamples.First;
    private SqlRun? _run;
    private IReadOnlyList<QueryInfo> _queries = [];

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromMilliseconds(500);

    private SqlException? Mistake => _run?.Mistake;

    /// <inheritdoc/>
    protected override void Look() => _queries = Parts.Engine.Snapshot().Queries;

    /// <inheritdoc/>
    protected override void Leave()
    {
        if (_run is { } run)
            _ = run.DisposeAsync().AsTask();
    }

    private async Task RunAsync()
    {
        if (_run is { } before)
            await before.DisposeAsync();
        _run = new SqlRun(Parts);
        _run.Changed += Show;
        // Statements may go on as long as the page is open, so nobody waits for them.
        _ = RunAsync(_run, _text);
    }

    private async Task RunAsync(SqlRun run, string text)
    {
        await run.RunAsync(text);
        if (run.Mistake is { Line: > 0 } mistake && !Left.IsCancellationRequested)
            await InvokeAsync(async () => await Js.InvokeVoidAsync("sockSort.select", Left, _editor, mistake.At.Start, mistake.At.End));
    }

    private Task StopAsync() => _run?.StopAsync() ?? Task.CompletedTask;

    private Task ExplainAsync(string query)
    {
        _text = $"EXPLAIN {query};";
        return RunAsync();
    }

    private void Show()
    {
        if (!Left.IsCancellationRequested)
            _ = InvokeAsync(StateHasChanged);
    }

    private static string StyleOf(QueryState state) => state switch
    {
        QueryState.Running => "pair",
        QueryState.Paused => "single",
        _ => "bad",
    };
}
