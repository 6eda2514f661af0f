using System.Collections.Concurrent;
using System.Threading.Channels;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SockSort.Cli.Demo;

/// <summary>Shows the demo on a terminal: a screen that is redrawn with each state, with notes below it.</summary>
internal sealed class LiveScreen : IDemoScreen
{
    private const int MaxNotes = 5;
    private const int BarWidth = 30;

    private readonly string _address;
    private readonly Channel<DemoView> _views = Channel.CreateBounded<DemoView>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly ConcurrentQueue<string> _notes = new();
    private readonly Task _drawing;

    /// <param name="console">A terminal whose cursor can be moved.</param>
    /// <param name="address">The URL of the live view.</param>
    public LiveScreen(IAnsiConsole console, string address)
    {
        _address = address;
        _drawing = console.Live(new Text("")).AutoClear(false).StartAsync(DrawAsync);
    }

    public void Show(DemoView view) => _views.Writer.TryWrite(view);

    public void Note(string text)
    {
        _notes.Enqueue(text);
        while (_notes.Count > MaxNotes)
            _ = _notes.TryDequeue(out _);
    }

    public async ValueTask DisposeAsync()
    {
        _ = _views.Writer.TryComplete();
        await _drawing;
    }

    private async Task DrawAsync(LiveDisplayContext context)
    {
        await foreach (var view in _views.Reader.ReadAllAsync())
        {
            context.UpdateTarget(Draw(view));
            context.Refresh();
        }
    }

    private Rows Draw(DemoView view)
    {
        var grid = new Grid().AddColumn().AddColumn();
        _ = grid.AddRow(CameraPanel(view), RatesPanel(view));
        List<IRenderable> rows =
        [
            grid,
            PairTable(view),
            new Markup($"live view [link]{_address.EscapeMarkup()}[/]   [grey]Ctrl-C ends[/]"),
        ];
        rows.AddRange(_notes.Select(note => new Markup($"[yellow]{note.EscapeMarkup()}[/]")));
        return new Rows(rows);
    }

    private static Panel CameraPanel(DemoView view)
    {
        if (view.CameraProblem is { } problem)
            return new Panel(new Markup($"[bold red]the camera is away[/]\n[grey]{problem.EscapeMarkup()}[/]"))
                .Header("in front of the camera")
                .RoundedBorder();
        var filled = (int)Math.Round(view.Percent / 100 * BarWidth);
        var bar = $"[green]{new string('█', filled)}[/][grey]{new string('░', BarWidth - filled)}[/]";
        var colour = view.Truth is null || view.Truth == view.Label ? "bold green" : "bold red";
        var label = view.Label is null
            ? "[grey]waiting for the first frame[/]"
            : $"[{colour}]{view.Label.EscapeMarkup()}[/] {view.Percent:0} %";
        var truth = view.Truth is null ? "" : $"[grey]really: {view.Truth.EscapeMarkup()}[/]";
        return new Panel(new Markup($"{label}\n{bar}\n{truth}")).Header("in front of the camera").RoundedBorder();
    }

    private static Panel RatesPanel(DemoView view)
    {
        var grid = new Grid().AddColumn().AddColumn();
        foreach (var (name, value) in view.Rates)
            _ = grid.AddRow(new Markup($"[grey]{name}[/]"), new Markup(value.EscapeMarkup()));
        return new Panel(grid).Header($"{view.Elapsed.TotalSeconds:0} of {view.Length.TotalSeconds:0} s").RoundedBorder();
    }

    private static Table PairTable(DemoView view)
    {
        var table = new Table().RoundedBorder().Title("pairs, as the query tells them");
        _ = table.AddColumn("IMAGE").AddColumn("PAIR_SEEN").AddColumn(new TableColumn("NUMBER_SOCKS_SEEN").RightAligned());
        foreach (var row in view.Pairs)
        {
            var colour = row.PairSeen == "Pair" ? "green" : "yellow";
            _ = table.AddRow(new Text(row.Image), new Markup($"[{colour}]{row.PairSeen.EscapeMarkup()}[/]"), new Text($"{row.Socks}"));
        }
        return table;
    }
}
