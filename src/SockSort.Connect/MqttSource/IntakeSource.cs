using SockSort.Connect.Classes;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// The source at the broker in this process: it takes the messages at the broker's door, nothing durable rests in the broker.
/// </summary>
internal sealed class IntakeSource : IConnectorTask
{
    private readonly MessageWriter _writer;
    private readonly string _topic;
    private readonly IDisposable _intake;
    private long _received;
    private long _redelivered;
    private volatile string? _failure;
    private volatile string? _lastError;

    // What is being stored, and one more until it is disposed.
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pending = 1;

    public IntakeSource(string connector, MqttSourceConfiguration configuration, MqttSourcePlace place)
    {
        (_writer, _topic) = (new MessageWriter(connector, configuration, place), configuration.LogTopic);
        _intake = place.Broker!.Intake(configuration.MqttTopics, StoreAsync);
    }

    public event Action? Changed;

    /// <summary>Failed from a message that could not be stored until one can.</summary>
    public TaskProgress Progress => new(
        _failure is null ? ConnectorState.Running : ConnectorState.Failed,
        _writer.Counts with { Received = Interlocked.Read(ref _received), Redelivered = Interlocked.Read(ref _redelivered) },
        _failure,
        _lastError);

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
            await _writer.WriteAsync([message]);
            Become(failure: null);
        }
        catch (LogException error)
        {
            Become(_lastError = MqttSourceErrors.TopicFailed(_topic, error.Message));
            // The broker tells it to publishers, who are not to know where the log lies.
            throw MqttSourceErrors.NotStored(_topic, error);
        }
        finally
        {
            Leave();
        }
    }

    private void Become(string? failure)
    {
        if (_failure == failure)
            return;
        _failure = failure;
        Changed?.Invoke();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
            _ = _idle.TrySetResult();
    }
}
