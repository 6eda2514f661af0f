using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>The source at the broker in this process: it takes the messages at the broker's door, nothing durable rests in the broker.</summary>
internal sealed class IntakeSource : IMqttSource
{
    private readonly EventLog _log;
    private readonly string _topic;
    private readonly IDisposable _intake;
    private long _received;
    private long _stored;
    private long _redelivered;
    private volatile string? _lastError;

    // What is being stored, and one more until it is disposed.
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending = 1;

    public IntakeSource(EmbeddedBroker broker, MqttSourceConfiguration configuration, EventLog log)
    {
        (_log, _topic) = (log, configuration.LogTopic);
        _intake = broker.Intake(configuration.MqttTopics, StoreAsync);
    }

    public SourceProgress Progress => new(Interlocked.Read(ref _received), Interlocked.Read(ref _stored),
        Interlocked.Read(ref _redelivered), Dropped: 0, Failure: null, _lastError);

    /// <summary>Takes no more messages, and waits for those that are being stored: they count.</summary>
    public async ValueTask DisposeAsync()
    {
        _intake.Dispose();
        Leave();
        await _idle.Task;
    }

    private async Task StoreAsync(MqttMessage message)
    {
        _ = Interlocked.Increment(ref _pending);
        _ = Interlocked.Increment(ref _received);
        if (message.Duplicate)
            _ = Interlocked.Increment(ref _redelivered);
        try
        {
            _ = await _log.AppendAsync(_topic, RecordConverter.Convert(message));
            _ = Interlocked.Increment(ref _stored);
        }
        catch (LogException error)
        {
            _lastError = ConnectErrors.TopicFailed(_topic, error.Message);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
            _ = _idle.TrySetResult();
    }
}
