using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace SockSort.Bench.Dashboard;

/// <summary>Tells a chromium what to do, by its DevTools protocol over one WebSocket.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _asked = new();
    private readonly CancellationTokenSource _end = new();
    private Task _reading = Task.CompletedTask;
    private int _last;

    private DevTools()
    {
    }

    /// <param name="address">Of the browser: <c>ws://127.0.0.1:PORT/devtools/browser/ID</c>.</param>
    /// <param name="cancellation">Cancels the start.</param>
    public static async Task<DevTools> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var tools = new DevTools();
        await tools._socket.ConnectAsync(address, cancellation);
        tools._reading = tools.ReadAsync();
        return tools;
    }

    /// <summary>Does something, and gives its result.</summary>
    /// <param name="method">As <c>Page.navigate</c>.</param>
    /// <param name="parameters">Of the method; null for none.</param>
    /// <param name="session">The page's; null for the browser's own.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="BenchException">The browser refuses it, or has gone.</exception>
    public async Task<JsonObject> AskAsync(string method, JsonObject? parameters, string? session, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _last);
        var asked = _asked[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
            message["sessionId"] = session;
        await _sending.WaitAsync(cancellation);
        try
        {
            await _socket.SendAsync(
                System.Text.Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        }
        finally
        {
            _ = _sending.Release();
        }
        var answer = await asked.Task.WaitAsync(cancellation);
        return answer["error"] is { } error
            ? throw new BenchException($"chromium refuses {method}: {error["message"]}")
            : answer["result"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        var gone = new BenchException("chromium has gone");
        try
        {
            while (await MessageAsync() is { } message)
            {
                if (message["id"] is { } id && _asked.TryRemove((int)id, out var asked))
                    asked.SetResult(message);
            }
        }
        catch (WebSocketException error)
        {
            gone = new BenchException($"chromium has gone: {error.Message}", error);
        }
        finally
        {
            foreach (var asked in _asked.Values)
                _ = asked.TrySetException(gone);
        }
    }

    private async Task<JsonObject?> MessageAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, _end.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(message.ToArray())!.AsObject();
        }
    }
}
