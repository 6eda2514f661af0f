using System.Threading.Channels;

namespace SockSort.Edge.Cameras.Browser;

/// <summary>One phone's connection, as its feed sees it: what the page is to be told, and why the connection is to end.</summary>
internal sealed class BrowserLine
{
    // A page that does not read loses the oldest messages: only the newest label is of use.
    private const int MostWaiting = 32;

    private readonly Channel<BrowserMessage> _messages = Channel.CreateBounded<BrowserMessage>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly TaskCompletionSource<BrowserEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the page is to be told, up to the end of the connection.</summary>
    public IAsyncEnumerable<BrowserMessage> Messages => _messages.Reader.ReadAllAsync();

    /// <summary>Completes when the connection is to end.</summary>
    public Task<BrowserEnd> Ended => _end.Task;

    /// <summary>Tells the page; nothing happens when the connection has ended.</summary>
    public void Tell(BrowserMessage message) => _messages.Writer.TryWrite(message);

    /// <summary>Ends the connection; only the first reason counts.</summary>
    public void End(BrowserEnd end)
    {
        if (_end.TrySetResult(end))
            _messages.Writer.Complete();
    }
}
