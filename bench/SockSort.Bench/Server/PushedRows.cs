using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;

namespace SockSort.Bench.Server;

/// <summary>A push query over HTTP whose rows are <c>[seq,sent]</c>; measures each row's latency since its append.</summary>
internal sealed class PushedRows : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private readonly TimeSpan _pause;
    private readonly Lock _gate = new();
    private Latencies _latencies = new();
    private long _next = -1;

    private PushedRows(HttpResponseMessage answer, TimeSpan pause)
    {
        (_answer, _pause) = (answer, pause);
        _reading = ReadAsync();
    }

    /// <summary>The number of the newest row; -1 for none.</summary>
    public long Newest => Interlocked.Read(ref _next) - 1;

    /// <summary>The number of rows that were missing or came twice.</summary>
    public long Wrong { get; private set; }

    /// <param name="client">A client of the server.</param>
    /// <param name="sql">A push query that selects seq and sent.</param>
    /// <param name="fromBeginning">Whether to read the topic from its first record on.</param>
    /// <param name="pause">The pause after each read of at most 4 KiB; zero for a client that reads as fast as it can.</param>
    /// <param name="cancellation">Cancels the start.</param>
    public static async Task<PushedRows> OpenAsync(
        HttpClient client, string sql, bool fromBeginning, TimeSpan pause, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["sql"] = sql,
            ["properties"] = new JsonObject { ["auto.offset.reset"] = fromBeginning ? "earliest" : "latest" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/query-stream")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"the server refuses '{sql}': {await answer.Content.ReadAsStringAsync(cancellation)}");
        return new PushedRows(answer, pause);
    }

    /// <summary>The latencies since the last call.</summary>
    public Latencies Take()
    {
        lock (_gate)
        {
            var taken = _latencies;
            _latencies = new Latencies();
            return taken;
        }
    }

    /// <summary>Waits for the row with that number.</summary>
    /// <exception cref="BenchException">It did not come within the timeout, or rows before it were missing.</exception>
    public async Task ReachAsync(long seq, TimeSpan timeout, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); Newest < seq; await Task.Delay(10, cancellation))
        {
            if (clock.Elapsed > timeout)
                throw new BenchException($"row {seq} has not come within {timeout.TotalSeconds:0} s; the newest is {Newest}");
        }
        if (Wrong > 0)
            throw new BenchException($"{Wrong} rows did not follow the one before them");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _answer.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var size = _pause == TimeSpan.Zero ? 64 << 10 : 4 << 10;
        var reader = PipeReader.Create(await _answer.Content.ReadAsStreamAsync(_stop.Token), new StreamPipeReaderOptions(bufferSize: size));
        while (await reader.ReadAsync(_stop.Token) is { IsCompleted: false } read)
        {
            var now = Stopwatch.GetTimestamp();
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                Record(rest.Slice(0, end), now);
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            reader.AdvanceTo(rest.Start, rest.End);
            if (_pause > TimeSpan.Zero)
                await Task.Delay(_pause, _stop.Token);
        }
    }

    private void Record(ReadOnlySequence<byte> line, long now)
    {
        Span<byte> text = stackalloc byte[64];
        if (line.Length > text.Length || line.FirstSpan is not [(byte)'[', ..])
            return;
        line.CopyTo(text);
        _ = Utf8Parser.TryParse(text[1..], out long seq, out var length);
        _ = Utf8Parser.TryParse(text[(length + 2)..], out long sent, out _);
        Wrong += _next >= 0 && seq != _next ? 1 : 0;
        _ = Interlocked.Exchange(ref _next, seq + 1);
        lock (_gate)
            _latencies.Add(Stopwatch.GetElapsedTime(sent, now));
    }
}
