using System.Net.Http.Headers;
using System.Text;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Sinks;
using SockSort.Log;

namespace SockSort.Connect.HttpSink;

/// <summary>
/// Sends records one request after the other. A request is delivered when the server has answered with a status of 200 to 299. Offsets are
/// committed after each request, so an interruption repeats one request at most; its <c>Idempotency-Key</c> tells the server.
/// </summary>
internal sealed class HttpSinkTask : ISinkTask
{
    private const int ShownBytes = 300;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly string _connector;
    private readonly HttpSinkConfiguration _configuration;
    private readonly HttpRequests _requests;
    private readonly string _nullValues;
    private readonly int _maxRetries;
    private readonly TimeSpan _firstPause;
    private readonly int _timeoutMs;
    private readonly ErrantRecords _errant;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public HttpSinkTask(string connector, ConfigValues values, ConnectorPlace place)
    {
        (_connector, _configuration, _clock) = (connector, HttpSinkConfiguration.Of(values), place.Clock);
        _requests = new HttpRequests(connector, _configuration);
        _nullValues = values.Text(HttpSinkKeys.NullValues).ToLowerInvariant();
        _maxRetries = values.Whole(HttpSinkKeys.MaxRetries);
        _firstPause = TimeSpan.FromMilliseconds(values.Whole(HttpSinkKeys.RetryPauseMs));
        _timeoutMs = values.Whole(HttpSinkKeys.RequestTimeoutMs);
        _errant = ErrantRecords.Of(connector, values, place);
        // A redirect could lead anywhere, and turns a POST into a GET.
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromMilliseconds(values.Whole(HttpSinkKeys.ConnectTimeoutMs)),
            PooledConnectionLifetime = ConnectionLifetime,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public int MostAtOnce => _configuration.Batch.Size;

    public async Task PutAsync(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        foreach (var group in GroupsOf(topic, records))
        {
            if (await SendAsync(topic, group, cancellationToken) is not { } error)
                continue;
            if (!_errant.AreTolerated)
                throw error;
            // One record may be to blame for all of the request.
            if (group.Records.Count == 1)
                Tell(topic, group.Records[0], error);
            else
                await SendOneByOneAsync(topic, group, cancellationToken);
        }
    }

    public IReadOnlyList<TopicAppend> TakeLetters() => _errant.Take();

    /// <returns>Always null: a delivered record is the server's.</returns>
    public Task<byte[]?> FlushAsync(CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Groups successive records that go to one address, and leaves out those that are ignored. Records that can't be sent become dead
    /// letters, or the error.
    /// </summary>
    private List<RequestGroup> GroupsOf(string topic, IReadOnlyList<LogRecord> records)
    {
        var groups = new List<RequestGroup>();
        foreach (var record in records)
        {
            if (record.Value is null && _nullValues == "ignore")
                continue;
            if (ProblemOf(topic, record, out var url) is not { } error)
                AddTo(groups, url, record);
            else if (_errant.AreTolerated)
                Tell(topic, record, error);
            else if (groups.Count == 0)
                throw error;
            else
                // What stands before it is delivered first; it is the first record of the next call.
                groups.Add(new RequestGroup(url, [record], error));
        }
        return groups;
    }

    private ConnectException? ProblemOf(string topic, LogRecord record, out string url)
    {
        url = RecordTexts.Fill(_configuration.Url, topic, record, Uri.EscapeDataString) ?? "";
        if (url.Length == 0)
            return HttpSinkErrors.NoKey(_connector);
        if (record.Value is not { } value)
            return _nullValues == "fail" ? HttpSinkErrors.NoValue(_connector) : null;
        return _configuration.IsJsonArray && !RecordJson.IsJson(value.Span) ? HttpSinkErrors.NotJson(_connector) : null;
    }

    private static void AddTo(List<RequestGroup> groups, string url, LogRecord record)
    {
        if (groups.Count > 0 && groups[^1] is { Error: null, IsDelete: false } last && last.Url == url && record.Value is not null)
            last.Records.Add(record);
        else
            groups.Add(new RequestGroup(url, [record], Error: null));
    }

    private async Task SendOneByOneAsync(string topic, RequestGroup group, CancellationToken cancellationToken)
    {
        foreach (var record in group.Records)
        {
            if (await SendAsync(topic, group with { Records = [record] }, cancellationToken) is { } error)
                Tell(topic, record, error);
        }
    }

    private void Tell(string topic, LogRecord record, ConnectException error) =>
        _errant.Add(topic, record, typeof(HttpSinkTask).FullName!, error);

    /// <returns>The reason why the records can't be delivered, however often they are retried; null where they are.</returns>
    /// <exception cref="ConnectException">The server is at fault; the records are passed again later.</exception>
    private async Task<ConnectException?> SendAsync(string topic, RequestGroup group, CancellationToken cancellationToken)
    {
        if (group.Error is not null)
            return group.Error;
        var pause = new GrowingPause(_firstPause, LongestPause);
        for (var tried = 0; ; tried++)
        {
            var answer = await TryAsync(topic, group, cancellationToken);
            if (answer is null || answer.Value.Fault == HttpFault.Record)
                return answer?.Error;
            if (answer.Value.Fault == HttpFault.Server || !_errant.AreTolerated)
                throw answer.Value.Error;
            if (tried >= _maxRetries)
                return answer.Value.Error;
            await Task.Delay(pause.Take(), _clock, cancellationToken);
        }
    }

    private async Task<(ConnectException Error, HttpFault Fault)?> TryAsync(
        string topic, RequestGroup group, CancellationToken cancellationToken)
    {
        using var request = _requests.Of(topic, group);
        var shown = $"{request.Method} {request.RequestUri!.GetLeftPart(UriPartial.Path)}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeoutMs);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.IsSuccessStatusCode)
                return null;
            var status = (int)answer.StatusCode;
            if (status is >= 300 and < 400)
                return (HttpSinkErrors.Moved(_connector, shown, status, answer.Headers.Location), HttpFault.Server);
            var beginning = await BeginningOfAsync(answer, limit.Token);
            var refused = HttpSinkErrors.Refused(_connector, shown, answer, beginning, RetryAfter(answer.Headers.RetryAfter));
            return (refused, HttpFaults.Of(answer.StatusCode));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (HttpSinkErrors.TimedOut(_connector, shown, _timeoutMs), HttpFault.Server);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return (HttpSinkErrors.Unreachable(_connector, shown, error), HttpFault.Server);
        }
    }

    /// <summary>Returns the first characters of an answer's body in one line; a server tells there what it does not like.</summary>
    private static async Task<string> BeginningOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[ShownBytes];
        var read = await body.ReadAtLeastAsync(bytes, ShownBytes, throwOnEndOfStream: false, cancellationToken);
        var text = Encoding.UTF8.GetString(bytes, 0, read);
        return string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date - _clock.GetUtcNow());
}
