using System.Threading.Channels;
using SockSort.Connect.Classes;
using SockSort.Connect.MqttSource.Receipts;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// The source at the broker in this process. It receives messages directly from the broker, which stores none of them durably. Messages
/// that arrive during a commit are stored with the next one, in the order of arrival.
/// </summary>
internal sealed class IntakeSource : IConnectorTask
{
    // A commit costs a sync of the disk, so that as many as have come go into one; beyond it their memory would not be used again.
    private const int MostAtOnce = 10_000;

    private readonly string _connector;
    private readonly MessageWriter _writer;
    private readonly MessageReceipts? _receipts;
    private readonly string _topic;
    private readonly Channel<Pending> _pending =
        Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IDisposable _intake;
    private readonly Task _storing;
    private long _received;
    private long _redelivered;
    private volatile string? _failure;
    private volatile string? _lastError;

    public IntakeSource(string connector, MqttSourceConfiguration configuration, MqttSourcePlace place)
    {
        (_connector, _topic) = (connector, configuration.LogTopic);
        _receipts = configuration.RemovesDoubles
            ? new MessageReceipts(place.Log, connector, _topic, new InnerReceiptWay(place.Broker!), place.Clock)
            : null;
        _writer = new MessageWriter(connector, configuration, place, _receipts);
        _storing = Task.Run(StoreAsync);
        _intake = place.Broker!.IntakeOfMany(configuration.MqttTopics, TakeAsync);
    }

    public event Action? Changed;

    /// <summary>The state is Failed from the first message that could not be stored until one can.</summary>
    public TaskProgress Progress => new(
        _failure is null ? ConnectorState.Running : ConnectorState.Failed,
        _writer.Counts with { Received = Interlocked.Read(ref _received), Redelivered = Interlocked.Read(ref _redelivered) },
        _failure,
        _lastError);

    /// <summary>Stops receiving messages and waits for those that are being stored.</summary>
    public async ValueTask DisposeAsync()
    {
        _intake.Dispose();
        _ = _pending.Writer.TryComplete();
        await _storing;
        if (_receipts is not null)
            await _receipts.DisposeAsync();
    }

    private Task TakeAsync(IReadOnlyList<MqttMessage> messages)
    {
        var pending = new Pending(messages, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_pending.Writer.TryWrite(pending))
            return Task.FromException(MqttSourceErrors.Paused(_connector));
        _ = Interlocked.Add(ref _received, messages.Count);
        var redelivered = 0;
        foreach (var message in messages)
            redelivered += message.Duplicate ? 1 : 0;
        _ = Interlocked.Add(ref _redelivered, redelivered);
        return pending.Stored.Task;
    }

    private async Task StoreAsync()
    {
        var batch = new List<Pending>();
        var messages = new List<MqttMessage>(MostAtOnce);
        while (await _pending.Reader.WaitToReadAsync())
        {
            while (messages.Count < MostAtOnce && _pending.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
                messages.AddRange(pending.Messages);
            }
            await StoreAsync(batch, messages);
            batch.Clear();
            messages.Clear();
        }
    }

    private async Task StoreAsync(List<Pending> batch, List<MqttMessage> messages)
    {
        try
        {
            await _writer.WriteAsync(messages);
            Become(failure: null);
            batch.ForEach(pending => pending.Stored.SetResult());
        }
        catch (LogException error)
        {
            Become(_lastError = MqttSourceErrors.TopicFailed(_topic, error.Message));
            // The broker passes this error on to publishers, who must not learn where the log is stored.
            batch.ForEach(pending => pending.Stored.SetException(MqttSourceErrors.NotStored(_topic, error)));
        }
        catch (Exception error)
        {
            // The publishers must hear of a bug too, rather than wait for ever.
            Become(_lastError = error.Message);
            batch.ForEach(pending => pending.Stored.SetException(error));
        }
    }

    private void Become(string? failure)
    {
        if (_failure == failure)
            return;
        _failure = failure;
        Changed?.Invoke();
    }

    /// <param name="Messages">That have come together.</param>
    private sealed record Pending(IReadOnlyList<MqttMessage> Messages, TaskCompletionSource Stored);
}
