using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SockSort.Log.Kafka.Clients;
using SockSort.Log.Kafka.Sharing;

namespace SockSort.Log.Kafka.Writing;

/// <summary>Stores commits in the order of the calls, each as a task of its own.</summary>
/// <remarks>
/// A commit of one partition's records alone goes by an idempotent producer: many are on their way at a time, and each record is stored
/// once. One of several partitions, or with offsets or state, waits for them and goes as a transaction,
/// unless the address asks for at least once.
/// </remarks>
internal sealed class CommitWriter : IAsyncDisposable
{
    private static readonly TimeSpan FlushWait = TimeSpan.FromSeconds(1);

    private readonly KafkaCluster _cluster;
    private readonly KafkaLogReader _reader;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Channel<CommitRequest> _requests = Channel.CreateUnbounded<CommitRequest>(new() { SingleReader = true });
    private readonly long _mostMessageBytes;
    private readonly TransactionWriter _transactions;
    private readonly LooseWriter _loose;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _run;
    private RecordProducer? _appends;

    public CommitWriter(KafkaCluster cluster, KafkaLogReader reader, KafkaShare? share, TimeProvider clock, ILogger log)
    {
        (_cluster, _reader, _clock, _log) = (cluster, reader, clock, log);
        // Kafka's own default, for brokers that do not say.
        _mostMessageBytes = cluster.MostMessageBytes() ?? 1_048_588;
        MostRecordBytes = KafkaRecord.MostRecordBytes(_mostMessageBytes);
        _transactions = new TransactionWriter(cluster, reader, share, _mostMessageBytes, _closing.Token);
        _loose = new LooseWriter(cluster, reader);
        _run = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>The largest <see cref="NewRecord.LengthBytes"/> of a record.</summary>
    public long MostRecordBytes { get; }

    /// <summary>Why the last commit was not stored; null if it was.</summary>
    public string? Problem { get; private set; }

    public Task<long[]> StoreAsync(LogCommit commit)
    {
        var request = new CommitRequest(commit);
        if (!_requests.Writer.TryWrite(request))
            request.Fail(_cluster.Errors.Closed());
        return request.Done;
    }

    /// <inheritdoc cref="TransactionWriter.EndForeign"/>
    public void EndForeignTransaction()
    {
        if (!_cluster.Address.IsAtLeastOnce)
            _transactions.EndForeign();
    }

    /// <summary>Stores what is on its way, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = _requests.Writer.TryComplete();
        _closing.CancelAfter(ClientSettings.Patience);
        await _run;
        _appends?.Dispose();
        _transactions.Dispose();
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        await foreach (var request in _requests.Reader.ReadAllAsync())
        {
            try
            {
                Store(request);
            }
            catch (LogException error)
            {
                Fail(request, error);
            }
            catch (Exception error)
            {
                request.Fail(error);
            }
        }
        Flush();
    }

    private void Store(CommitRequest request)
    {
        var commit = request.Commit;
        Check(commit);
        if (!request.IsPlain || commit.RemovedTopics.Count > 0)
            Flush();
        foreach (var topic in commit.RemovedTopics)
            _cluster.Topics.Delete(topic);
        _cluster.Topics.Ensure(commit.Topics);
        _cluster.Topics.Ensure(commit.Appends.Select(append => new NewTopic(append.Topic)));
        if (request.IsPlain)
        {
            Send(request);
            return;
        }
        _cluster.Groups.Delete(commit.RemovedConsumers);
        Succeed(request, _cluster.Address.IsAtLeastOnce
            ? _loose.Store(commit, Producer(), NowMs())
            : _transactions.Store(commit, NowMs()));
    }

    private void Check(LogCommit commit)
    {
        commit.Check();
        foreach (var append in commit.Appends)
        {
            foreach (var record in append.Records.Where(record => record.LengthBytes > MostRecordBytes))
                throw _cluster.Errors.RecordTooLarge(append.Topic, record.LengthBytes, MostRecordBytes);
        }
        commit.CheckAgainst(_cluster.Topics.PartitionsOf);
    }

    private void Send(CommitRequest request)
    {
        var (appends, records) = (request.Commit.Appends, request.Commit.Appends.Sum(append => append.Records.Count));
        if (records == 0)
        {
            Succeed(request, [.. appends.Select(append => _reader.EndOffset(append.Topic, append.Partition))]);
            return;
        }
        var producer = Producer();
        producer.Send(appends, NowMs(), new Deliveries(appends.Count, records, deliveries => Delivered(request, producer, deliveries)));
    }

    /// <summary>The producer of plain commits; a new one where the last can't go on.</summary>
    private RecordProducer Producer()
    {
        if (_appends is { IsBroken: true })
        {
            // What it still has fails at once.
            Flush();
            _appends.Dispose();
            _appends = null;
        }
        return _appends ??= new RecordProducer(_cluster, _cluster.Settings.Appends(_mostMessageBytes));
    }

    private void Delivered(CommitRequest request, RecordProducer producer, Deliveries deliveries)
    {
        foreach (var (number, append) in request.Commit.Appends.Index())
            _cluster.Ends.Note(new(append.Topic, append.Partition), deliveries.End[number]);
        if (deliveries.Refused is { } refused)
            Fail(request, refused);
        else if (deliveries.Failed is { } failed)
            Fail(request, producer.Failure(failed));
        else
            Succeed(request, deliveries.First);
    }

    private void Succeed(CommitRequest request, long[] firstOffsets)
    {
        if (Problem is not null)
            _log.WritesAgain($"{_cluster.Address}");
        Problem = null;
        _cluster.News.Clear();
        foreach (var append in request.Commit.Appends)
            _cluster.TellChanged(append.Topic);
        if (request.Commit.Appends.Count == 0)
            _cluster.TellChanged("");
        request.Complete(firstOffsets);
    }

    private void Fail(CommitRequest request, LogException error)
    {
        if (!error.IsRequest)
        {
            if (Problem is null)
                _log.WriteFailed($"{_cluster.Address}", error.Message);
            Problem = error.Message;
        }
        request.Fail(error);
    }

    private void Flush()
    {
        while (_appends?.Producer.Flush(FlushWait) > 0)
        {
            // Each record is delivered or fails in the end.
        }
    }

    private long NowMs() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
