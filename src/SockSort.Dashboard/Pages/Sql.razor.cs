using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using SockSort.Dashboard.Layout;
using SockSort.Dashboard.Watching;
using SockSort.Log;
using SockSort.Sql;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Syntax;

namespace SockSort.Dashboard.Pages;

/// <summary>Statements to run, what they give, and the queries that run.</summary>
public sealed partial class Sql : RefreshingPage
{
    private const int LooksForNames = 4;

    private ElementReference _editor;
    private string _text = SqlExamples.First;
    private SqlRun? _run;
    private IReadOnlyList<QueryInfo> _queries = [];
    private string _names = "{}";
    private int _looks;
    private Task _asking = Task.CompletedTask;

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromMilliseconds(500);

    /// <summary>A query that is explained at once: <c>sql?explain=ID</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Explain { get; set; }

    private SqlException? Mistake => _run?.Mistake;

    /// <inheritdoc/>
    protected override void Look()
    {
        var now = Parts.Engine.Snapshot();
        _queries = now.Queries;
        // Names change seldom, and what they come to is long.
        if (_looks++ % LooksForNames == 0 && _asking.IsCompleted)
            _asking = AskNamesAsync(now);
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (string.IsNullOrEmpty(Explain))
            return;
        _run = NewRun();
        await RunAsync(_run, ExplanationOf(Explain), isEditors: false);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || await Js.InvokeAsync<string?>("sockSort.takeText", Left) is not { } text)
            return;
        _text = text;
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void Leave()
    {
        if (_run is { } run)
            _ = run.DisposeAsync().AsTask();
    }

    /// <summary>On another thread: a log on other machines takes its time, or does not answer.</summary>
    private async Task AskNamesAsync(EngineSnapshot now)
    {
        try
        {
            _names = await Task.Run(() => SqlNames.Of(now));
        }
        catch (LogException)
        {
            // Those of before stay; the page Health says what is wrong with the log.
        }
    }

    private Task RunAsync() => RunAsync(_text, isEditors: true);

    private async Task RunAsync(string text, bool isEditors)
    {
        if (_run is { } before)
            await before.DisposeAsync();
        _run = NewRun();
        // Statements may go on as long as the page is open, so nobody waits for them.
        _ = RunAsync(_run, text, isEditors);
    }

    private SqlRun NewRun()
    {
        var run = new SqlRun(Parts);
        run.Changed += Show;
        return run;
    }

    private async Task RunAsync(SqlRun run, string text, bool isEditors)
    {
        await run.RunAsync(text);
        if (isEditors && run.Mistake is { Line: > 0 } mistake && !Left.IsCancellationRequested)
            await InvokeAsync(async () => await Js.InvokeVoidAsync("sockSort.select", Left, _editor, mistake.At.Start, mistake.At.End));
    }

    private Task StopAsync() => _run?.StopAsync() ?? Task.CompletedTask;

    // What stands in the editor is its user's.
    private Task ExplainAsync(string query) => RunAsync(ExplanationOf(query), isEditors: false);

    private static string ExplanationOf(string query) => $"EXPLAIN {SqlPrinter.Name(query)};";

    private void Show()
    {
        if (!Left.IsCancellationRequested)
            _ = InvokeAsync(StateHasChanged);
    }

    /// <summary>Records that were left out or missed, and values that could not be had.</summary>
    private static long ErrorsOf(QueryMetrics metrics) => metrics.Skipped + metrics.Missed + metrics.Expressions.Count;

    private static string StyleOf(QueryState state) => state switch
    {
        QueryState.Running => "pair",
        QueryState.Paused => "single",
        _ => "bad",
    };
}
