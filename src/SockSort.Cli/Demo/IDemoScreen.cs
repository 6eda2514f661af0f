namespace SockSort.Cli.Demo;

/// <summary>Shows the progress of the demo: as a live screen on a terminal, otherwise as lines.</summary>
internal interface IDemoScreen : IAsyncDisposable
{
    /// <summary>Shows the current state; called a few times a second.</summary>
    void Show(DemoView view);

    /// <summary>Shows an event: a skipped photo, a lost broker connection, a message that is not JSON. Thread-safe.</summary>
    void Note(string text);
}
