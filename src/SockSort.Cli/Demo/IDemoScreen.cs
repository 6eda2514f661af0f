namespace SockSort.Cli.Demo;

/// <summary>Where the demo shows what happens: a live screen on a terminal, lines elsewhere.</summary>
internal interface IDemoScreen : IAsyncDisposable
{
    /// <summary>Shows the present state; called a few times a second.</summary>
    void Show(DemoView view);

    /// <summary>Tells of an event: a skipped photo, a broker gone, a message that is no JSON. Thread-safe.</summary>
    void Note(string text);
}
