using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json.Nodes;

namespace SockSort.Bench;

/// <summary>Takes a row.</summary>
/// <param name="first">Its first column.</param>
/// <param name="second">Its second column.</param>
/// <param name="now">When it came, a timestamp of <see cref="Stopwatch"/>.</param>
internal delegate void PushedRow(long first, long second, long now);

/// <summary>A push query over HTTP whose rows are two whole numbers.</summary>
internal sealed class PushQuery : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    private PushQuery(HttpResponseMessage answer, TimeSpan pause, PushedRow take)
    {
        _answer = answer;
        _reading = ReadAsync(pause, take);
    }

    /// <param name="client">A client of the server.</param>
    /// <param name="sql">Selects two columns.</param>
    /// <param name="fromBeginning">Whether to read the topic from its first record on.</param>
    /// <param name="pause">The pause after each read of at most 4 KiB; zero for a client that reads as fast as it can.</param>
    /// <param name="take">Called with each row, one after the other.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="BenchException">The server refuses the query.</exception>
    public static async Task<PushQuery> OpenAsync(
        HttpClient client, string sql, bool fromBeginning, TimeSpan pause, PushedRow take, CancellationToken cancellation)
    {
        var properties = new JsonObject { ["auto.offset.reset"] = fromBeginning ? "earliest" : "latest" };
        var answer = await KsqlRequests.QueryAsync(client, sql, properties, cancellation);
        return new PushQuery(answer, pause, take);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _answer.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ReadAsync(TimeSpan pause, PushedRow take)
    {
        var size = pause == TimeSpan.Zero ? 64 << 10 : 4 << 10;
        var reader = PipeReader.Create(await _answer.Content.ReadAsStreamAsync(_stop.Token), new StreamPipeReaderOptions(bufferSize: size));
        while (await reader.ReadAsync(_stop.Token) is { IsCompleted: false } read)
        {
            var now = Stopwatch.GetTimestamp();
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                Parse(rest.Slice(0, end), now, take);
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            reader.AdvanceTo(rest.Start, rest.End);
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, _stop.Token);
        }
    }

    private static void Parse(ReadOnlySequence<byte> line, long now, PushedRow take)
    {
        Span<byte> text = stackalloc byte[64];
        if (line.Length > text.Length || line.FirstSpan is not [(byte)'[', ..])
            return;
        line.CopyTo(text);
        _ = Utf8Parser.TryParse(text[1..], out long first, out var length);
        _ = Utf8Parser.TryParse(text[(length + 2)..], out long second, out _);
        take(first, second, now);
    }
}
